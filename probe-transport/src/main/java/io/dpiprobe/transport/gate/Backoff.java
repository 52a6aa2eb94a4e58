// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import java.util.function.DoubleSupplier;

/** Doubles the wait after each failure, up to a limit, for as many failures as there are. */
public final class Backoff {
    private final long initialNs;
    private final long maxNs;
    private final double jitter;
    private final DoubleSupplier random;
    private int steps;

    /** Takes the share (0 to 1) by which a wait may be shortened at most, and randomness in [0, 1). */
    public Backoff(long initialNs, long maxNs, double jitter, DoubleSupplier random) {
        assert initialNs > 0 && maxNs >= initialNs && jitter >= 0 && jitter <= 1;
        this.initialNs = initialNs;
        this.maxNs = maxNs;
        this.jitter = jitter;
        this.random = random;
    }

    /** Counts one more failure and returns how long to wait after it, in nanoseconds. */
    public long next() {
        long delayNs = fullDelayNs();
        if (delayNs < maxNs) {
            steps++;
        }
        return jitter == 0 ? delayNs : (long) (delayNs * (1 - jitter * random.getAsDouble()));
    }

    private long fullDelayNs() {
        boolean overflows = steps >= Long.numberOfLeadingZeros(initialNs) - 1;
        return overflows ? maxNs : Math.min(initialNs << steps, maxNs);
    }

    /** Starts again with the shortest wait. */
    public void reset() {
        steps = 0;
    }
}
