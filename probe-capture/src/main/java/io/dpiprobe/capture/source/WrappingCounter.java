// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

/** Follows a 32-bit counter of the kernel past its wrap-around. */
final class WrappingCounter {
    private int last;
    private long total;

    /** A step back is a counter that began anew: half the range of 32 bits does not pass between two readings. */
    void update(int value) {
        int step = value - last;
        last = value;
        total += Math.max(step, 0);
    }

    long total() {
        return total;
    }
}
