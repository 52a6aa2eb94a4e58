// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.capture.protocol.Cursor;

/**
 * Reads numbers of stub data in one of its transfer syntaxes: NDR (C706, chapter 14) or NDR64 ([MS-RPCE], 2.2.5).
 *
 * @param sizeBytes of counts and pointers
 */
record Ndr(boolean littleEndian, int sizeBytes) {
    static final int NARROW = 4;
    static final int WIDE = 8;

    long u32(Cursor in) {
        return littleEndian ? in.u32le() : in.u32();
    }

    /** A count or a pointer. */
    long size(Cursor in) {
        if (sizeBytes == NARROW) {
            return u32(in);
        }
        long value = littleEndian ? in.u64le() : in.u64();
        in.require(value >= 0);
        return value;
    }

    /** Moves to where counts may begin, seen from the start of the stub. */
    void align(Cursor in, int start) {
        in.skip(-(in.consumed() - start) & sizeBytes - 1);
    }
}
