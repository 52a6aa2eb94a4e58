// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

/** Holds one Ethernet frame of the sample traffic, and when it is seen. */
final class Frame {
    private final long offsetNs;
    private final byte[] bytes;

    /** @param offsetNs nanoseconds after the beginning of the round */
    Frame(long offsetNs, byte[] bytes) {
        this.offsetNs = offsetNs;
        this.bytes = bytes;
    }

    long offsetNs() {
        return offsetNs;
    }

    byte[] bytes() {
        return bytes;
    }
}
