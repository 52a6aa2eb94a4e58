// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.tap;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.buffer.EventSink;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Copies events to streams that are watched. Workers put copies into a ring without a lock and without waiting; what finds
 * no room there is missed, counted. A thread of its own hands them on. While nobody watches, an event costs one comparison.
 */
public final class EventTap implements AutoCloseable {
    /** Streams at the same time: a page or two and a few terminals. */
    @Bound(of = "live streams at the same time", then = "the next is answered with 429")
    public static final int MAX_STREAMS = 4;

    /** Room for a burst of some thousand events. */
    @Bound(
            of = "events that wait for live streams",
            then = "the streams miss some",
            seen = "dropped in the heartbeat",
            unit = Bound.Unit.BYTES)
    private static final int RING_BYTES = 4 << 20;

    private static final int EVENT = 1;
    private static final int EVENTS_PER_CYCLE = 256;
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final List<EventStream> streams = new CopyOnWriteArrayList<>();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong shown = new AtomicLong();
    private @Nullable ManyToOneRingBuffer ring;
    private @Nullable Thread thread;
    private boolean closed;
    /** The ring while somebody watches; what the workers look at. */
    private volatile @Nullable ManyToOneRingBuffer open;

    /** A sink that shows what it is given to this tap also. */
    public EventSink tapped(EventSink sink) {
        return new TappedSink(sink, this);
    }

    /** Called by workers: never waits, never allocates. */
    void onEvent(DirectBuffer event, int offset, int length) {
        ManyToOneRingBuffer to = open;
        if (to != null && (length > to.maxMsgLength() || !to.write(EVENT, event, offset, length))) {
            missed.incrementAndGet();
        }
    }

    /** Begins to watch; null if as many watch as may. */
    public synchronized @Nullable EventStream watch(StreamOptions options) {
        if (closed || streams.size() >= MAX_STREAMS) {
            return null;
        }
        EventStream stream = new EventStream(options, this);
        streams.add(stream);
        if (streams.size() == 1) {
            beginToCopy();
        }
        return stream;
    }

    private void beginToCopy() {
        if (ring == null) {
            ring = new ManyToOneRingBuffer(
                    new UnsafeBuffer(ByteBuffer.allocateDirect(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH)));
        }
        ManyToOneRingBuffer from = ring;
        open = from;
        thread = new Thread(() -> handOn(from), "tap");
        thread.setDaemon(true);
        thread.start();
    }

    /** The watcher has gone. */
    synchronized void unwatch(EventStream stream) {
        if (streams.remove(stream) && streams.isEmpty()) {
            endCopying();
        }
    }

    private void endCopying() {
        open = null;
        Thread last = thread;
        thread = null;
        if (last != null) {
            LockSupport.unpark(last);
            joinUninterruptibly(last);
        }
    }

    /** The ring has one reader at a time, so the next one starts after this one has ended. */
    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOn(ManyToOneRingBuffer from) {
        while (open == from) {
            if (from.read((type, buffer, offset, length) -> show(buffer, offset, length), EVENTS_PER_CYCLE) == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
        // What is left is for nobody. A worker may still be writing its last one; the next reader skips it then.
        from.read((type, buffer, offset, length) -> {}, Integer.MAX_VALUE);
    }

    private void show(DirectBuffer buffer, int offset, int length) {
        byte[] event = new byte[length];
        buffer.getBytes(offset, event);
        shown.incrementAndGet();
        for (EventStream stream : streams) {
            stream.onEvent(event);
        }
    }

    /** Streams that are being watched. */
    public int watched() {
        return streams.size();
    }

    /** Events that came too fast for the tap, since the start. */
    public long missed() {
        return missed.get();
    }

    /** Events that passed while somebody watched, since the start. */
    public long shown() {
        return shown.get();
    }

    /** Ends all streams. */
    @Override
    public synchronized void close() {
        closed = true;
        for (EventStream stream : streams) {
            stream.end();
        }
        streams.clear();
        endCopying();
    }
}
