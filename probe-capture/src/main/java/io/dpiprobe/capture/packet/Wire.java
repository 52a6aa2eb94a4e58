// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;

/** Reads unsigned numbers in network order at an index the caller has checked. */
final class Wire {
    private Wire() {}

    static int u8(DirectBuffer bytes, int at) {
        return bytes.getByte(at) & 0xff;
    }

    static int u16(DirectBuffer bytes, int at) {
        return Short.reverseBytes(bytes.getShort(at)) & 0xffff;
    }

    static int i32(DirectBuffer bytes, int at) {
        return Integer.reverseBytes(bytes.getInt(at));
    }

    static long u32(DirectBuffer bytes, int at) {
        return i32(bytes, at) & 0xffff_ffffL;
    }

    static long u64(DirectBuffer bytes, int at) {
        return Long.reverseBytes(bytes.getLong(at));
    }
}
