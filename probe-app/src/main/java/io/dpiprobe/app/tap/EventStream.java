// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.tap;

import io.dpiprobe.app.tap.StreamOptions.Strategy;
import io.dpiprobe.buffer.Bound;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps events for one watcher until it takes them. The tap's thread puts, the watcher's takes. */
public final class EventStream implements AutoCloseable {
    /** However many events may wait, they take no more than this. */
    @Bound(
            of = "events that wait for one stream",
            then = "as its strategy says",
            seen = "dropped in the heartbeat",
            unit = Bound.Unit.BYTES)
    private static final long MAX_WAITING_BYTES = 8 << 20;

    private final StreamOptions options;
    private final EventTap tap;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final long missedBefore;
    private long waitingBytes;
    private long dropped;
    private boolean ended;

    EventStream(StreamOptions options, EventTap tap) {
        this.options = options;
        this.tap = tap;
        this.missedBefore = tap.missed();
    }

    public StreamOptions options() {
        return options;
    }

    void onEvent(byte[] event) {
        if (options.filter().passes(event)) {
            put(event);
        }
    }

    private synchronized void put(byte[] event) {
        while (options.strategy() == Strategy.DROP_OLDEST && !waiting.isEmpty() && !hasRoom(event)) {
            waitingBytes -= waiting.removeFirst().length;
            dropped++;
        }
        if (hasRoom(event)) {
            waiting.addLast(event);
            waitingBytes += event.length;
            notifyAll();
        } else {
            dropped++;
        }
    }

    private boolean hasRoom(byte[] event) {
        return waiting.size() < options.bufferEvents() && waitingBytes + event.length <= MAX_WAITING_BYTES;
    }

    /** The next event; null if none came in time, or the stream has ended. */
    public synchronized byte @Nullable [] take(long timeoutNs) throws InterruptedException {
        long deadlineNs = System.nanoTime() + timeoutNs;
        while (waiting.isEmpty() && !ended) {
            long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, leftNs);
        }
        byte[] next = waiting.pollFirst();
        waitingBytes -= next == null ? 0 : next.length;
        return next;
    }

    /** Whether nothing more will come, and nothing waits. */
    public synchronized boolean isOver() {
        return ended && waiting.isEmpty();
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    /** Events of this filter that the reader was too slow for, and events of any kind that the tap was too slow for. */
    public synchronized long missed() {
        return dropped + tap.missed() - missedBefore;
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public void close() {
        tap.unwatch(this);
    }
}
