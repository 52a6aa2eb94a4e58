// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import java.time.Duration;

/**
 * Adapts how large a request may be: half at each sign of trouble, a little more with each ack, and for a long time no
 * larger than half of what Core called too large.
 */
final class BatchLimit {
    /** A request that shall find out whether Core is back costs it little. */
    static final int TRIAL_BYTES = 16 << 10;

    /** Trouble makes requests no smaller than this: more of them would cost Core more. */
    static final int FLOOR_BYTES = 64 << 10;

    /** After this time without a 413 twice as much is tried: somebody may have changed what Core allows. */
    static final long CEILING_NS = Duration.ofMinutes(1).toNanos();

    private static final int STEPS = 16;

    private final int max;
    private int ceiling;
    private int limit;
    private long ceilingNs;

    BatchLimit(int max) {
        assert max >= 1;
        this.max = max;
        this.ceiling = max;
        this.limit = max;
    }

    int bytes() {
        return Math.min(limit, ceiling);
    }

    void onAck(long nowNs) {
        if (ceiling < max && nowNs - ceilingNs >= CEILING_NS) {
            ceiling = (int) Math.min(max, 2L * ceiling);
            ceilingNs = nowNs;
        }
        limit = Math.min(max, limit + Math.max(1, max / STEPS));
    }

    void onTrouble() {
        limit = Math.max(Math.min(max, FLOOR_BYTES), limit / 2);
    }

    /** Core called a request of this size too large. */
    void onTooLarge(int bytes, long nowNs) {
        ceiling = Math.max(1, Math.min(ceiling, bytes / 2));
        ceilingNs = nowNs;
    }
}
