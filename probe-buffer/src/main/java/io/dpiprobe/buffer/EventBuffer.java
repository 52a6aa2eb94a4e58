// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.memory.MemoryLayout;
import io.dpiprobe.buffer.memory.MemoryRing;
import io.dpiprobe.buffer.memory.WorkerSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events from the moment a worker offers them until Core has taken them.
 *
 * <p>Each worker uses its own sink, the transport loop the methods of {@link BatchSource}, and one thread runs the spill
 * agent. Counters are for any thread.
 */
public final class EventBuffer implements BatchSource, AutoCloseable {
    private final BufferConfig config;
    private final NanoClock clock;
    private final Ledger ledger;
    private final MemoryRing ring;
    private final Outbox outbox;
    private final List<WorkerSink> sinks = new ArrayList<>();
    private volatile boolean deliveryUnavailable;

    private EventBuffer(BufferConfig config, NanoClock clock) {
        this.config = config;
        this.clock = clock;
        this.ledger = new Ledger(config.workers());
        MemoryLayout layout =
                MemoryLayout.of(config.memoryBytes(), config.workers(), Lane.values().length, config.maxInFlight());
        this.ring = new MemoryRing(layout, config.fullPolicy(), ledger);
        this.outbox = new Outbox(ring, ledger, config);
        for (int i = 0; i < config.workers(); i++) {
            sinks.add(new WorkerSink(i, ring, ledger.worker(i), config.linger().toNanos(), clock));
        }
    }

    /** Takes the memory, locks the directory and finds out what an earlier run left there. */
    public static EventBuffer open(BufferConfig config) throws IOException {
        return open(config, SystemNanoClock.INSTANCE);
    }

    static EventBuffer open(BufferConfig config, NanoClock clock) throws IOException {
        return new EventBuffer(config, clock);
    }

    /** Where the worker of this number (from 0) puts its events. */
    public EventSink sink(int worker) {
        return sinks.get(worker);
    }

    /** Moves events to disk and back; run it on one thread of its own. */
    public Agent spillAgent() {
        return new Agent() {
            @Override
            public int doWork() {
                return 0;
            }

            @Override
            public String roleName() {
                return "spill";
            }
        };
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
        deliveryUnavailable = unavailable;
    }

    boolean isDeliveryUnavailable() {
        return deliveryUnavailable;
    }

    /** Where every event is. */
    public LedgerSnapshot ledger() {
        return ledger.snapshot();
    }

    /** How full the buffer is. */
    public BufferStats stats() {
        BufferStats.Tier memory = new BufferStats.Tier(
                ring.usedBytes(), ring.capacityBytes(), byLane(ring::sealedBytes), oldestAgeNs(), ring.fullCount());
        BufferStats.Tier disk = new BufferStats.Tier(0, config.diskBytes(), byLane(lane -> 0), 0, 0);
        return new BufferStats(
                memory,
                disk,
                outbox.inFlight(),
                0,
                0,
                0,
                BufferStats.DiskState.READY,
                TimeHistogram.summary(sinks.stream().map(WorkerSink::offerTimes).toList()));
    }

    private long oldestAgeNs() {
        long oldestNs = Long.MAX_VALUE;
        for (Lane lane : Lane.values()) {
            oldestNs = Math.min(oldestNs, ring.oldestNs(lane));
        }
        return oldestNs == Long.MAX_VALUE ? 0 : Math.max(0, clock.nanoTime() - oldestNs);
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
    public void close() {
        stopOffers();
        sinks.forEach(WorkerSink::flush);
    }
}
