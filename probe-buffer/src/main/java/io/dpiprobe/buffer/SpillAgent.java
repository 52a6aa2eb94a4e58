// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.disk.Append;
import io.dpiprobe.buffer.disk.BlockRef;
import io.dpiprobe.buffer.disk.DiskBlock;
import io.dpiprobe.buffer.disk.SpillStore;
import io.dpiprobe.buffer.memory.MemoryRing;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Moves events from memory to disk when memory fills or Core is away, and reads them ahead for delivery. */
final class SpillAgent implements Agent {
    private static final Lane[] LANES = Lane.values();

    /** Enough to be efficient, few enough that reading and forcing have their turn. */
    private static final int BLOCKS_PER_CYCLE = 16;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final MemoryRing ring;
    private final Outbox outbox;
    private final SpillStore store;
    private final NanoClock clock;
    private final EpochClock wallClock;
    private final long thresholdBytes;
    private final boolean everything;
    private volatile boolean deliveryUnavailable;

    SpillAgent(MemoryRing ring, Outbox outbox, SpillStore store, BufferConfig config, Clocks clocks) {
        this.ring = ring;
        this.outbox = outbox;
        this.store = store;
        this.clock = clocks.nano();
        this.wallClock = clocks.wall();
        this.thresholdBytes = threshold(ring, config);
        this.everything = config.durability() == Durability.ALL;
        for (Lane lane : LANES) {
            outbox.readToEnd(lane, store.hasUnread(lane));
        }
        outbox.throughDiskOnly(everything);
    }

    /**
     * The threshold as a share of what can be sealed at all: read buffers and the segments that workers hold open are
     * part of the memory, and with a small budget are so much of it that the threshold would never be reached.
     */
    private static long threshold(MemoryRing ring, BufferConfig config) {
        long sealable = ring.capacityBytes() - (long) config.workers() * LANES.length * ring.segmentBytes();
        double share = (double) config.spillThresholdBytes() / config.memoryBytes();
        return (long) (Math.min(1, share) * sealable);
    }

    /** The two clocks of the agent. */
    record Clocks(NanoClock nano, EpochClock wall) {}

    @Override
    public String roleName() {
        return "spill";
    }

    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        int work = release() + spill(nowNs) + readAhead();
        store.onTick(nowNs);
        return work;
    }

    private int release() {
        int count = 0;
        for (BlockRef ref : outbox.takeReleased()) {
            store.release(ref);
            count++;
        }
        return count;
    }

    private int spill(long nowNs) {
        Set<Lane> candidates = EnumSet.allOf(Lane.class);
        int written = 0;
        while (written < BLOCKS_PER_CYCLE && isDue()) {
            Lane lane = oldest(candidates);
            if (lane == null) {
                break;
            }
            if (spillOne(lane, nowNs) == Append.WRITTEN) {
                written++;
            } else {
                candidates.remove(lane);
            }
        }
        if (everything) {
            outbox.throughDiskOnly(candidates.size() == LANES.length);
        }
        return written;
    }

    private boolean isDue() {
        return everything || deliveryUnavailable || ring.sealedBytes() > thresholdBytes;
    }

    private @Nullable Lane oldest(Set<Lane> candidates) {
        Lane oldest = null;
        long oldestNs = Long.MAX_VALUE;
        for (Lane lane : candidates) {
            long laneNs = outbox.oldestNs(lane);
            if (laneNs < oldestNs) {
                oldestNs = laneNs;
                oldest = lane;
            }
        }
        return oldest;
    }

    private Append spillOne(Lane lane, long nowNs) {
        SpillJob job = outbox.takeForDisk(lane);
        if (job == null) {
            return Append.NO_ROOM;
        }
        long firstMs = wallClock.time() - (nowNs - job.segment().openedAtNs()) / NANOS_PER_MILLI;
        Append result = store.append(job.segment(), firstMs, job.isCopy(), nowNs);
        if (result == Append.WRITTEN) {
            outbox.written(job, store.lastAppended());
        } else {
            outbox.notWritten(job, store.hasUnread(lane));
        }
        return result;
    }

    private int readAhead() {
        int count = 0;
        for (Lane lane : LANES) {
            while (store.hasUnread(lane)) {
                UnsafeBuffer buffer = outbox.takeReadBuffer(lane);
                if (buffer == null) {
                    break;
                }
                count += readOne(lane, buffer);
            }
            outbox.readToEnd(lane, store.hasUnread(lane));
        }
        return count;
    }

    private int readOne(Lane lane, UnsafeBuffer buffer) {
        ByteBuffer slice = buffer.byteBuffer().slice(buffer.wrapAdjustment(), buffer.capacity());
        DiskBlock block = store.read(lane, slice);
        if (block == null) {
            outbox.giveReadBuffer(buffer);
            return 0;
        }
        outbox.ready(new DiskBatch(block, buffer));
        return 1;
    }

    void deliveryUnavailable(boolean unavailable) {
        deliveryUnavailable = unavailable;
    }

    /** Writes everything that memory still has; what the disk does not take stays, to be counted by the caller. */
    void drain() {
        long nowNs = clock.nanoTime();
        release();
        for (Lane lane : LANES) {
            Append last = Append.WRITTEN;
            while (last == Append.WRITTEN) {
                last = spillOne(lane, nowNs);
            }
        }
    }
}
