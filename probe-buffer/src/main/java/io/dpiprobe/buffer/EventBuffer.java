// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.disk.DirectoryLock;
import io.dpiprobe.buffer.disk.DiskCounters;
import io.dpiprobe.buffer.disk.DiskOperations;
import io.dpiprobe.buffer.disk.FileSystemOperations;
import io.dpiprobe.buffer.disk.SpillStore;
import io.dpiprobe.buffer.memory.MemoryLayout;
import io.dpiprobe.buffer.memory.MemoryRing;
import io.dpiprobe.buffer.memory.OffHeap;
import io.dpiprobe.buffer.memory.WorkerSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events from the moment a worker offers them until Core has taken them.
 *
 * <p>Each worker uses its own sink, the transport loop the methods of {@link BatchSource}, and one thread runs the spill
 * agent. Counters are for any thread.
 */
public final class EventBuffer implements BatchSource, AutoCloseable {
    private final BufferConfig config;
    private final SpillAgent.Clocks clocks;
    private final Ledger ledger;
    private final CrashRecord record;
    private final LastRun lastRun;
    private final SpillStore store;
    private final MemoryRing ring;
    private final Outbox outbox;
    private final SpillAgent agent;
    private final List<WorkerSink> sinks = new ArrayList<>();

    private EventBuffer(BufferConfig config, SpillAgent.Clocks clocks, Opened opened) {
        this.config = config;
        this.clocks = clocks;
        this.ledger = opened.ledger;
        this.record = opened.record;
        this.lastRun = opened.lastRun;
        this.store = opened.store;
        MemoryLayout layout = layoutOf(config);
        this.ring = new MemoryRing(layout, config.fullPolicy(), ledger);
        List<UnsafeBuffer> readBuffers = OffHeap.pieces(layout.readBuffers(), MemoryLayout.MAX_SEGMENT_BYTES);
        this.outbox = new Outbox(ring, ledger, config, readBuffers);
        this.agent = new SpillAgent(ring, outbox, store, config, clocks);
        for (int i = 0; i < config.workers(); i++) {
            long lingerNs = config.linger().toNanos();
            sinks.add(new WorkerSink(i, ring, ledger.worker(i), lingerNs, clocks.nano()));
        }
    }

    private static MemoryLayout layoutOf(BufferConfig config) {
        return MemoryLayout.of(config.memoryBytes(), config.workers(), Lane.values().length, config.maxInFlight());
    }

    /** Takes the memory, locks the directory and finds out what an earlier run left there. */
    public static EventBuffer open(BufferConfig config) throws IOException {
        return open(config, SystemNanoClock.INSTANCE, SystemEpochClock.INSTANCE);
    }

    /** Does the same on other clocks: the one for intervals, and the one on the wall. */
    public static EventBuffer open(BufferConfig config, NanoClock nano, EpochClock wall) throws IOException {
        return open(config, new SpillAgent.Clocks(nano, wall), new FileSystemOperations());
    }

    static EventBuffer open(BufferConfig config, SpillAgent.Clocks clocks, DiskOperations operations)
            throws IOException {
        layoutOf(config);
        DirectoryLock lock = DirectoryLock.take(config.dir(), config.epoch());
        LastRun lastRun = CrashRecord.read(config, lock.killedRun());
        CrashRecord record = CrashRecord.open(config);
        Ledger ledger = new Ledger(config.workers(), record);
        SpillStore store = SpillStore.open(config, lock, ledger, operations);
        return new EventBuffer(config, clocks, new Opened(ledger, record, lastRun, store));
    }

    private record Opened(Ledger ledger, CrashRecord record, LastRun lastRun, SpillStore store) {}

    /** How the run before this one ended. */
    public LastRun lastRun() {
        return lastRun;
    }

    /** Where the worker of this number (from 0) puts its events. */
    public EventSink sink(int worker) {
        return sinks.get(worker);
    }

    /** Moves events to disk and back; run it on one thread of its own. */
    public Agent spillAgent() {
        return agent;
    }

    @Override
    public @Nullable Batch poll() {
        return outbox.poll();
    }

    @Override
    public void settle(Batch batch, Settlement settlement) {
        outbox.settle(batch, settlement);
    }

    @Override
    public void giveBack(Batch batch) {
        outbox.giveBack(batch);
    }

    /** Says whether Core takes events at present; while it does not, memory is moved to disk from the first segment on. */
    public void deliveryUnavailable(boolean unavailable) {
        agent.deliveryUnavailable(unavailable);
    }

    /** Where every event is. */
    public LedgerSnapshot ledger() {
        return ledger.snapshot();
    }

    /** How full the buffer is. */
    public BufferStats stats() {
        DiskCounters disk = store.counters();
        return new BufferStats(
                memoryTier(),
                diskTier(disk),
                outbox.inFlight(),
                disk.corruptBlocks(),
                disk.syncErrors(),
                store.availableBytes(),
                disk.state(),
                TimeHistogram.summary(sinks.stream().map(WorkerSink::offerTimes).toList()),
                highestAcceptedMs());
    }

    private long highestAcceptedMs() {
        long lastNs = sinks.stream().mapToLong(WorkerSink::lastAcceptedNs).max().orElse(Long.MIN_VALUE);
        if (lastNs == Long.MIN_VALUE) {
            return 0;
        }
        return clocks.wall().time()
                - TimeUnit.NANOSECONDS.toMillis(clocks.nano().nanoTime() - lastNs);
    }

    private BufferStats.Tier memoryTier() {
        return new BufferStats.Tier(
                ring.usedBytes(), ring.capacityBytes(), byLane(ring::sealedBytes), memoryAgeNs(), ring.fullCount());
    }

    private long memoryAgeNs() {
        long oldestNs = Long.MAX_VALUE;
        for (Lane lane : Lane.values()) {
            oldestNs = Math.min(oldestNs, ring.oldestNs(lane));
        }
        return oldestNs == Long.MAX_VALUE ? 0 : Math.max(0, clocks.nano().nanoTime() - oldestNs);
    }

    private BufferStats.Tier diskTier(DiskCounters disk) {
        Map<Lane, Long> bytes = byLane(disk::usedBytes);
        long used = bytes.values().stream().mapToLong(Long::longValue).sum();
        long ageMs = disk.oldestMs() == 0 ? 0 : Math.max(0, clocks.wall().time() - disk.oldestMs());
        return new BufferStats.Tier(
                used, config.diskBytes(), bytes, TimeUnit.MILLISECONDS.toNanos(ageMs), disk.fullCount());
    }

    private static Map<Lane, Long> byLane(ToLongFunction<Lane> quantity) {
        Map<Lane, Long> values = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            values.put(lane, quantity.applyAsLong(lane));
        }
        return values;
    }

    /** Lets go of workers that wait for memory; what they offer from now on and finds no room is counted as shutdown. */
    public void stopOffers() {
        ring.close();
    }

    /**
     * Seals what the workers have left open, moves all memory to disk and lets go of the directory.
     *
     * <p>Call it last: when the workers, the transport loop and the spill agent have ended.
     */
    @Override
    public void close() throws IOException {
        stopOffers();
        sinks.forEach(WorkerSink::flush);
        // A pending interrupt would close the files under the hands of what follows.
        boolean interrupted = Thread.interrupted();
        try {
            agent.drain();
            outbox.abandonReturned();
            ring.abandonSealed();
            store.close();
            record.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
