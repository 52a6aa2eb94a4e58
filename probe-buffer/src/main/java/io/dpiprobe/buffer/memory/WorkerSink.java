// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.memory;

import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.TimeHistogram;
import io.dpiprobe.buffer.WorkerLedger;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/** Fills one open segment per lane for one worker. */
public final class WorkerSink implements EventSink {
    private static final Lane[] LANES = Lane.values();

    private final int worker;
    private final MemoryRing ring;
    private final WorkerLedger counts;
    private final long lingerNs;
    private final NanoClock clock;
    private final TimeHistogram offerTimes = new TimeHistogram();
    private final AtomicLong lastAcceptedNs = new AtomicLong(Long.MIN_VALUE);
    private final @Nullable Segment[] open = new @Nullable Segment[LANES.length];

    public WorkerSink(int worker, MemoryRing ring, WorkerLedger counts, long lingerNs, NanoClock clock) {
        this.worker = worker;
        this.ring = ring;
        this.counts = counts;
        this.lingerNs = lingerNs;
        this.clock = clock;
    }

    @Override
    public long nextSeq(Lane lane) {
        return counts.accepted(lane) + 1;
    }

    @Override
    public boolean offer(Lane lane, DirectBuffer event, int offset, int length) {
        long startNs = clock.nanoTime();
        boolean kept = append(lane, event, offset, length, startNs);
        offerTimes.record(clock.nanoTime() - startNs);
        if (kept) {
            lastAcceptedNs.lazySet(startNs);
        }
        return kept;
    }

    private boolean append(Lane lane, DirectBuffer event, int offset, int length, long nowNs) {
        if (length >= ring.segmentBytes()) {
            counts.refused(lane, DropReason.OVERSIZE);
            return false;
        }
        Segment segment = open[lane.index()];
        if (segment == null || !segment.hasRoomFor(length)) {
            segment = openNext(lane, nowNs);
        }
        if (segment == null) {
            counts.refused(lane, ring.isClosed() ? DropReason.SHUTDOWN : DropReason.MEMORY_FULL);
            return false;
        }
        segment.append(nextSeq(lane), event, offset, length);
        counts.appended(lane);
        return true;
    }

    private @Nullable Segment openNext(Lane lane, long nowNs) {
        seal(lane);
        Segment segment = ring.acquire(lane);
        if (segment != null) {
            segment.open(lane, worker, nowNs);
            open[lane.index()] = segment;
        }
        return segment;
    }

    private void seal(Lane lane) {
        Segment full = open[lane.index()];
        if (full != null) {
            open[lane.index()] = null;
            ring.seal(full);
        }
    }

    @Override
    public void refuse(Lane lane, DropReason reason) {
        counts.refused(lane, reason);
    }

    @Override
    public void onTick(long nowNs) {
        for (Lane lane : LANES) {
            Segment segment = open[lane.index()];
            if (segment != null && nowNs - segment.openedAtNs() >= lingerNs && ring.lingerEnds(lane)) {
                seal(lane);
            }
        }
    }

    @Override
    public void flush() {
        for (Lane lane : LANES) {
            seal(lane);
        }
    }

    /** How long offers took. */
    public TimeHistogram offerTimes() {
        return offerTimes;
    }

    /** When an event was last taken, not given up at once, by the clock for intervals; Long.MIN_VALUE if never; for any thread. */
    public long lastAcceptedNs() {
        return lastAcceptedNs.get();
    }
}
