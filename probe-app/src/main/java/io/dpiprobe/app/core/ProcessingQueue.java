// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import java.util.concurrent.TimeUnit;

/** Knows how many events wait to be processed: stored ones come in, and leave at a steady rate. */
final class ProcessingQueue {
    private static final double NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int capacity;
    private final double perSecond;
    private double waiting;
    private long atNs;

    /** Takes how many events may wait, and how many are processed in a second; 0: all at once. */
    ProcessingQueue(int capacity, double perSecond, long nowNs) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.atNs = nowNs;
    }

    int capacity() {
        return capacity;
    }

    /** Takes events if there is room for all of them. */
    synchronized boolean offer(int events, long nowNs) {
        advance(nowNs);
        if (waiting + events > capacity) {
            return false;
        }
        waiting += events;
        return true;
    }

    /** How full it is, 0 to 1. */
    synchronized double load(long nowNs) {
        advance(nowNs);
        return waiting / capacity;
    }

    /** Time until there is room for so many events. */
    synchronized long roomInNs(int events, long nowNs) {
        advance(nowNs);
        double tooMany = Math.max(0, waiting + events - capacity);
        return perSecond == 0 ? 0 : (long) Math.ceil(tooMany / perSecond * NS_PER_SECOND);
    }

    private void advance(long nowNs) {
        waiting = perSecond == 0 ? 0 : Math.max(0, waiting - (nowNs - atNs) / NS_PER_SECOND * perSecond);
        atNs = nowNs;
    }
}
