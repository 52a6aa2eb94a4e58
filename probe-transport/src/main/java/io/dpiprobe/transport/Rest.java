// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/** Lets the transport's thread sleep until something is due, or an answer arrives. */
final class Rest implements IdleStrategy {
    /** So long at most: credentials and limits that change are seen by looking. */
    static final long LONGEST_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int SPINS = 10;
    private static final int YIELDS = 5;
    private static final long SHORTEST_PARK_NS = TimeUnit.MICROSECONDS.toNanos(10);

    /** The buffer tells nobody that it has a batch, so it is asked this often while one would be sent. */
    private static final long LONGEST_PARK_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final IdleStrategy polling = new BackoffIdleStrategy(SPINS, YIELDS, SHORTEST_PARK_NS, LONGEST_PARK_NS);
    private volatile @Nullable Thread sleeper;
    private long restNs;

    /** The calling thread is the one that sleeps. */
    void begin() {
        sleeper = Thread.currentThread();
    }

    /** For so long nothing is due unless an answer arrives; 0: the buffer may have a batch at any time. */
    void allow(long ns) {
        restNs = Math.min(ns, LONGEST_NS);
    }

    long allowedNs() {
        return restNs;
    }

    /** Ends a sleep, or keeps the next from beginning; for any thread. */
    void wake() {
        LockSupport.unpark(sleeper);
    }

    @Override
    public void idle(int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        if (restNs <= 0) {
            polling.idle();
        } else {
            polling.reset();
            LockSupport.parkNanos(this, restNs);
        }
    }

    @Override
    public void reset() {
        polling.reset();
    }

    @Override
    public String alias() {
        return "rest";
    }
}
