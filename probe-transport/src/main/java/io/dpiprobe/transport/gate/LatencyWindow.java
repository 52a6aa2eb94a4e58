// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import java.util.Arrays;

/** Watches how long the last answers took. */
final class LatencyWindow {
    private static final int SIZE = 32;

    /** Of fewer answers nothing can be said about the slowest twentieth. */
    private static final int ENOUGH = 20;

    private final long[] lastNs = new long[SIZE];
    private final long[] sorted = new long[SIZE];
    private final long limitNs;
    private int count;

    /** Takes the time that the slowest twentieth of the answers may reach. */
    LatencyWindow(long limitNs) {
        this.limitNs = limitNs;
    }

    /** Takes one more and returns whether Core has become too slow; then it begins anew, so that it says so once. */
    boolean isTooSlow(long latencyNs) {
        lastNs[count++ % SIZE] = latencyNs;
        if (count < ENOUGH || p95() <= limitNs) {
            return false;
        }
        count = 0;
        return true;
    }

    private long p95() {
        int known = Math.min(count, SIZE);
        System.arraycopy(lastNs, 0, sorted, 0, known);
        Arrays.sort(sorted, 0, known);
        return sorted[known - 1 - known / 20];
    }
}
