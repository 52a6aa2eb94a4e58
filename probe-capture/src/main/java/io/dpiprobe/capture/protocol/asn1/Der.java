// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.asn1;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads tags, lengths and numbers of DER (ITU-T X.690, 8.1) through a cursor. */
public final class Der {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int ENUMERATED = 0x0a;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;
    public static final int CONTEXT_0 = 0xa0;
    public static final int CONTEXT_3 = 0xa3;

    private Der() {}

    /** The tag of the next element; zero at the end. */
    public static int peekTag(Cursor in) {
        return in.hasRemaining() ? in.peekU8(0) : 0;
    }

    /** Confines reading to the content of the next element, which must have this tag. */
    public static int enter(Cursor in, int tag) {
        in.require(in.u8() == tag);
        return in.enter(length(in));
    }

    /** Points at the content of the next element, which must have this tag. */
    public static void slice(Cursor in, int tag, Slice into) {
        in.require(slice(in, into) == tag);
    }

    /** Points at the content of the next element and gives its tag. */
    public static int slice(Cursor in, Slice into) {
        int tag = in.u8();
        in.slice(length(in), into);
        return tag;
    }

    /**
     * Reads the content of the next element, which must have this tag, as a number of at most four bytes.
     *
     * @return two's complement, as INTEGER and ENUMERATED have it
     */
    public static int number(Cursor in, int tag) {
        in.require(in.u8() == tag);
        int length = length(in);
        in.require(length >= 1 && length <= Integer.BYTES);
        int value = (byte) in.u8();
        for (int i = 1; i < length && !in.failed(); i++) {
            value = value << Byte.SIZE | in.u8();
        }
        return value;
    }

    /** Passes over the next element. */
    public static void skip(Cursor in) {
        in.skip(1);
        in.skip(length(in));
    }

    /** Passes over a tag and a length, to read on inside an element that may not be there whole. */
    public static void skipTagAndLength(Cursor in) {
        in.skip(1);
        skipLength(in);
    }

    /** Passes over a length without asking whether its content is there. */
    public static void skipLength(Cursor in) {
        in.require(length(in) >= 0);
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
