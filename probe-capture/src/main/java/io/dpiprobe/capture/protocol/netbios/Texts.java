// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads texts that end with a zero. */
final class Texts {
    private Texts() {}

    /** Points at text in the bytes of some code page: without a zero there is none. */
    static void readBytes(Cursor in, Slice into) {
        int length = in.indexOf((byte) 0, in.remaining());
        in.require(length >= 0);
        in.slice(length, into);
        in.skip(1);
    }

    /** Points at text of little-endian UTF-16. */
    static void readUtf16(Cursor in, Slice into) {
        int length = 0;
        while (length + 2 <= in.remaining() && in.peekU16(length) != 0) {
            length += 2;
        }
        in.slice(length, into);
        in.skip(2);
    }

    /** Points at text in a field of its own, which a zero ends if it is shorter. */
    static void readField(Cursor in, int size, Slice into) {
        int length = in.indexOf((byte) 0, size);
        in.slice(size, into);
        if (length >= 0 && !in.failed()) {
            into.wrap(into.buffer(), into.offset(), length);
        }
    }
}
