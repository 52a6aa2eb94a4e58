// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import io.dpiprobe.buffer.Bound;
import java.time.Duration;

/**
 * Adapts how large a request may be: half at each sign of trouble, a little more with each ack, and no larger than half
 * of what Core called too large, until trying more shows that it takes more.
 */
final class BatchLimit {
    /** A request that shall find out whether Core is back costs it little. */
    static final int TRIAL_BYTES = 16 << 10;

    /** Trouble makes requests no smaller than this: more of them would cost Core more. */
    @Bound(
            of = "the smallest request, however often Core refuses; less only after 413",
            then = "requests shrink no further",
            seen = "batch_limit_bytes",
            unit = Bound.Unit.BYTES)
    static final int FLOOR_BYTES = 64 << 10;

    /**
     * After this time without a 413 twice as much is tried: a Core, or what stands before it, that called everything too
     * large for a moment costs seconds, and not the hour of a backlog in tiny requests.
     */
    static final long TRY_NS = Duration.ofSeconds(1).toNanos();

    /** Each time that more was tried in vain the next try waits twice as long, up to this: Core means it. */
    static final long LONGEST_TRY_NS = Duration.ofMinutes(1).toNanos();

    private static final int STEPS = 16;

    private final int max;
    private int ceiling;
    private int limit;
    private long changedNs;
    private long tryNs = TRY_NS;
    private boolean isTrying;

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
        if (ceiling < max && nowNs - changedNs >= tryNs) {
            tryNs = isTrying ? TRY_NS : tryNs; // what was tried last was not refused
            isTrying = true;
            ceiling = (int) Math.min(max, 2L * ceiling);
            changedNs = nowNs;
        }
        limit = Math.min(max, limit + Math.max(1, max / STEPS));
    }

    void onTrouble() {
        limit = Math.max(Math.min(max, FLOOR_BYTES), limit / 2);
    }

    /** Core called a request of this size too large. */
    void onTooLarge(int bytes, long nowNs) {
        if (isTrying) {
            tryNs = Math.min(LONGEST_TRY_NS, 2 * tryNs);
            isTrying = false;
        }
        ceiling = Math.max(1, Math.min(ceiling, bytes / 2));
        changedNs = nowNs;
    }
}
