// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.protocol.Cursor;

/** Reads numbers whose first two bits say how long they are (RFC 9000, 16). */
final class VarInt {
    private VarInt() {}

    /** Up to 2^62 - 1. */
    static long read(Cursor in) {
        int first = in.u8();
        long value = first & 0x3f;
        for (int more = (1 << (first >> 6)) - 1; more > 0; more--) {
            value = value << 8 | in.u8();
        }
        return value;
    }

    /** A length: one that no datagram has makes the packet invalid. */
    static int readLength(Cursor in) {
        long value = read(in);
        in.require(value <= 0xffff);
        return in.failed() ? 0 : (int) value;
    }
}
