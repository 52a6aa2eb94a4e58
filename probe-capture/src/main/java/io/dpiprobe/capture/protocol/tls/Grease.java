// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

/** Knows the values that clients send to keep servers tolerant, which no fingerprint counts (RFC 8701). */
final class Grease {
    private Grease() {}

    /** True for 0x0a0a, 0x1a1a ... 0xfafa. */
    static boolean is(int value) {
        return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
    }
}
