// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import io.dpiprobe.buffer.Bound;

/** Knows the four bytes before each fragment of a record on TCP (RFC 5531, 11): a bit for the last, and its length. */
public final class RecordMark {
    /** A megabyte of data, which is what servers take at most, and room for the rest. */
    @Bound(of = "a record", then = "the stream is invalid", seen = "protocol_violations_total", unit = Bound.Unit.BYTES)
    public static final int MAX_LENGTH = 4 * 1024 * 1024;

    private RecordMark() {}

    public static int length(int mark) {
        return mark & 0x7fff_ffff;
    }

    public static boolean isLast(int mark) {
        return mark < 0;
    }
}
