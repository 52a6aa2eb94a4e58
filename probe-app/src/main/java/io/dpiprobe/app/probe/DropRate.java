// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

/** Tells how many events a second were given up lately. One thread samples, any thread reads. */
final class DropRate {
    /** Ten intervals of a second: one dropped segment is not yet a flood, and a flood is seen to begin and to end. */
    private static final int SAMPLES = 11;

    private static final double NS_PER_SECOND = 1e9;

    private final long[] timesNs = new long[SAMPLES];
    private final long[] totals = new long[SAMPLES];
    private int taken;
    private volatile double perSecond;

    /** Call about once a second, with all drops since the start. */
    void sample(long nowNs, long droppedTotal) {
        int newest = taken % SAMPLES;
        timesNs[newest] = nowNs;
        totals[newest] = droppedTotal;
        taken++;
        int oldest = taken <= SAMPLES ? 0 : taken % SAMPLES;
        long elapsedNs = nowNs - timesNs[oldest];
        perSecond = elapsedNs <= 0 ? 0 : (droppedTotal - totals[oldest]) * NS_PER_SECOND / elapsedNs;
    }

    double perSecond() {
        return perSecond;
    }
}
