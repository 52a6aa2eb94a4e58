// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import java.time.Duration;

/**
 * Adapts how many requests may be under way: one more for each full round of acks, half as many at each sign of
 * trouble, one after an outage.
 */
public final class ConcurrencyLimit {
    /** Over this time the probes of a fleet begin to send more than one request after a common outage. */
    static final long RAMP_SPREAD_NS = Duration.ofSeconds(10).toNanos();

    private final int max;
    private final long rampOffsetNs;
    private int limit;
    private int acks;
    private boolean recovering;
    private long rampAtNs = Long.MIN_VALUE;

    /** Takes the upper bound, and the probe's id, which decides its place in the ramp of a fleet. */
    public ConcurrencyLimit(int max, String probeId) {
        assert max >= 1;
        this.max = max;
        this.limit = max;
        this.rampOffsetNs = (long) (RAMP_SPREAD_NS * share(probeId));
    }

    /** Spreads ids evenly over [0, 1): String.hashCode alone would put host-01 and host-02 side by side. */
    static double share(String probeId) {
        int mixed = probeId.hashCode() * 0x9E3779B9;
        return Integer.toUnsignedLong(mixed ^ (mixed >>> 16)) / 4294967296.0;
    }

    public int limit() {
        return limit;
    }

    public void onAck(long nowNs) {
        if (recovering) {
            recovering = false;
            rampAtNs = nowNs + rampOffsetNs;
        }
        if (nowNs < rampAtNs) {
            return;
        }
        acks++;
        if (acks >= limit) {
            acks = 0;
            limit = Math.min(max, limit + 1);
        }
    }

    /** Core is slow, refuses, or dropped a request. */
    public void onTrouble() {
        acks = 0;
        limit = Math.max(1, limit / 2);
    }

    /** Core is away: what comes after starts with one request. */
    public void onOutage() {
        acks = 0;
        limit = 1;
        recovering = true;
    }
}
