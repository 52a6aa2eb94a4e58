// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads tags and lengths of DER (ITU-T X.690, 8.1) through a cursor. */
final class Der {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    static final int CONTEXT_0 = 0xa0;
    static final int CONTEXT_3 = 0xa3;

    private Der() {}

    /** The tag of the next element; zero at the end. */
    static int peekTag(Cursor in) {
        return in.hasRemaining() ? in.peekU8(0) : 0;
    }

    /** Confines reading to the content of the next element, which must have this tag. */
    static int enter(Cursor in, int tag) {
        in.require(in.u8() == tag);
        return in.enter(length(in));
    }

    /** Points at the content of the next element, which must have this tag. */
    static void slice(Cursor in, int tag, Slice into) {
        in.require(slice(in, into) == tag);
    }

    /** Points at the content of the next element and gives its tag. */
    static int slice(Cursor in, Slice into) {
        int tag = in.u8();
        in.slice(length(in), into);
        return tag;
    }

    static void skip(Cursor in) {
        in.skip(1);
        in.skip(length(in));
    }

    /** Up to four bytes of length; the indefinite form is not DER. */
    private static int length(Cursor in) {
        int first = in.u8();
        if (first < 0x80) {
            return first;
        }
        return switch (first) {
            case 0x81 -> in.u8();
            case 0x82 -> in.u16();
            case 0x83 -> in.u24();
            case 0x84 -> in.i32();
            default -> -1;
        };
    }
}
