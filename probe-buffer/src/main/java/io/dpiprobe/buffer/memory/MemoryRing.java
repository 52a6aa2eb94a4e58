// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.memory;

import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.FullPolicy;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.Ledger;
import io.dpiprobe.buffer.Ledger.Place;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Circulates segments: free, open at a worker, sealed in the queue of a lane, taken for delivery or for the disk, free.
 *
 * <p>Its lock guards the queues and is held for a few pointer changes, never for input or output: a worker meets it once
 * per segment. Others that move segments along with state of their own hold the same lock.
 */
public final class MemoryRing {
    private static final Lane[] LANES = Lane.values();

    /** With less than this part free there is a backlog, and half-empty segments are not sealed early. */
    private static final int LINGER_SHARE = 4;

    private final Ledger ledger;
    private final FullPolicy policy;
    private final int segmentBytes;
    private final int segments;
    private final SegmentList free = new SegmentList();
    private final SegmentList[] sealed = new SegmentList[LANES.length];
    private int sealedSegments;
    private long fullCount;
    private boolean closed;

    public MemoryRing(MemoryLayout layout, FullPolicy policy, Ledger ledger) {
        this.ledger = ledger;
        this.policy = policy;
        this.segmentBytes = layout.segmentBytes();
        this.segments = layout.segments();
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] = new SegmentList();
        }
        for (UnsafeBuffer piece : OffHeap.pieces(segments, segmentBytes)) {
            free.addLast(new Segment(piece));
        }
    }

    /** A segment for new events of a lane, or null if the event at hand has to go. */
    @Nullable
    synchronized Segment acquire(Lane lane) {
        Segment segment = free.removeFirst();
        if (segment != null) {
            return segment;
        }
        fullCount++;
        return switch (policy) {
            case DROP_OLDEST -> dropOldest(lane);
            case DROP_NEWEST -> null;
            case BLOCK -> awaitFree();
        };
    }

    private @Nullable Segment dropOldest(Lane forLane) {
        for (int l = LANES.length - 1; l >= forLane.index(); l--) {
            Segment victim = sealed[l].removeFirst();
            if (victim != null) {
                sealedSegments--;
                ledger.dropped(LANES[l], Place.MEMORY, DropReason.MEMORY_FULL, victim.count());
                return victim;
            }
        }
        return null;
    }

    private synchronized @Nullable Segment awaitFree() {
        try {
            while (!closed && free.size() == 0) {
                wait();
            }
            return closed ? null : free.removeFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Takes over a worker's segment. */
    synchronized void seal(Segment segment) {
        ledger.sealed(segment.worker(), segment.lane());
        sealed[segment.lane().index()].addLast(segment);
        sealedSegments++;
    }

    /** Whether a half-empty segment of this lane may be sealed for having waited: not while memory is short. */
    synchronized boolean lingerEnds(Lane lane) {
        return free.size() >= segments / LINGER_SHARE || sealed[lane.index()].size() == 0;
    }

    /** Takes the oldest sealed segment of a lane, if there is one. */
    public synchronized @Nullable Segment take(Lane lane) {
        Segment taken = sealed[lane.index()].removeFirst();
        if (taken != null) {
            sealedSegments--;
        }
        return taken;
    }

    /** The worker that filled the oldest sealed segment of a lane; 0 if there is none. */
    public synchronized int oldestWorker(Lane lane) {
        Segment first = sealed[lane.index()].first();
        return first == null ? 0 : first.worker();
    }

    /** Puts back a segment that was taken: it is the oldest of its lane again. */
    public synchronized void putBack(Segment segment) {
        sealed[segment.lane().index()].addFirst(segment);
        sealedSegments++;
    }

    /** Makes a segment free, whose events live elsewhere or no more. */
    public synchronized void release(Segment segment) {
        free.addFirst(segment);
        notifyAll();
    }

    /** When the oldest sealed event of a lane came, or {@link Long#MAX_VALUE}. */
    public synchronized long oldestNs(Lane lane) {
        Segment first = sealed[lane.index()].first();
        return first == null ? Long.MAX_VALUE : first.openedAtNs();
    }

    /** Memory held by sealed segments. */
    public synchronized long sealedBytes() {
        return (long) sealedSegments * segmentBytes;
    }

    /** Bytes of events in sealed segments of a lane. */
    public synchronized long sealedBytes(Lane lane) {
        return sealed[lane.index()].bytes();
    }

    /** Memory that is not free: open, sealed or in flight. */
    public synchronized long usedBytes() {
        return (long) (segments - free.size()) * segmentBytes;
    }

    /** Memory in all segments. */
    public long capacityBytes() {
        return (long) segments * segmentBytes;
    }

    /** How often a worker found no free segment. */
    public synchronized long fullCount() {
        return fullCount;
    }

    /** The longest event with its line feed. */
    public int segmentBytes() {
        return segmentBytes;
    }

    /** Gives up everything that is still sealed, because the process ends and the disk does not take it. */
    public synchronized void abandonSealed() {
        for (Lane lane : LANES) {
            for (Segment segment = take(lane); segment != null; segment = take(lane)) {
                ledger.dropped(lane, Place.MEMORY, DropReason.SHUTDOWN, segment.count());
                release(segment);
            }
        }
    }

    /** Wakes waiting workers; from now on nobody waits. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
