// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Accounts for every event: the one place where each change of its whereabouts is counted.
 *
 * <p>Workers count single events in cells of their own; whole segments move under a lock that is held for a few
 * additions. Safe for use by any thread.
 */
public final class Ledger {
    private static final int SPINS = 100;
    private static final long RETRY_NS = 10_000;

    /** Where events can be while they are kept. */
    public enum Place {
        MEMORY,
        DISK,
        IN_FLIGHT;

        @SuppressWarnings("EnumOrdinal") // here only: arrays are indexed through this
        private int index() {
            return ordinal();
        }
    }

    private final CrashRecord record;
    private final WorkerLedger[] workers;
    private final long[][] held = new long[Lane.values().length][Place.values().length];
    private final long[][] dropped = new long[Lane.values().length][DropReason.values().length];
    private final long[] recovered = new long[Lane.values().length];
    private final long[] acked = new long[Lane.values().length];
    private final long[] quarantined = new long[Lane.values().length];

    public Ledger(int workerCount) {
        this(workerCount, CrashRecord.unseen(workerCount));
    }

    Ledger(int workerCount, CrashRecord record) {
        this.record = record;
        workers = new WorkerLedger[workerCount];
        for (int i = 0; i < workerCount; i++) {
            workers[i] = record.worker(i);
        }
    }

    /** The cells of one worker. */
    public WorkerLedger worker(int index) {
        return workers[index];
    }

    /** Counts the events of a worker's open segment as sealed. */
    public synchronized void sealed(int worker, Lane lane) {
        long events = workers[worker].open(lane);
        held[lane.index()][Place.MEMORY.index()] += events;
        record.sealed(lane, events); // counted twice rather than not at all if the process is killed here
        workers[worker].takeOpen(lane, events);
    }

    /** Counts events found on disk as accepted. */
    public synchronized void recovered(Lane lane, long events) {
        recovered[lane.index()] += events;
        held[lane.index()][Place.DISK.index()] += events;
    }

    /** Counts events as moved. */
    public synchronized void moved(Lane lane, Place from, Place to, long events) {
        held[lane.index()][from.index()] -= events;
        held[lane.index()][to.index()] += events;
        if (from == Place.MEMORY && to == Place.DISK) {
            record.sealed(lane, -events);
        }
    }

    /** Counts events as given up. */
    public synchronized void dropped(Lane lane, Place from, DropReason reason, long events) {
        held[lane.index()][from.index()] -= events;
        dropped[lane.index()][reason.index()] += events;
        if (from == Place.MEMORY) {
            record.sealed(lane, -events);
        }
    }

    /**
     * Counts what became of the events of a batch in flight.
     *
     * @param home where they were before
     */
    public synchronized void settled(Lane lane, Place home, Settlement settlement) {
        held[lane.index()][Place.IN_FLIGHT.index()] -= settlement.total();
        acked[lane.index()] += settlement.acked();
        quarantined[lane.index()] += settlement.quarantined();
        dropped[lane.index()][DropReason.REJECTED_BY_CORE.index()] += settlement.rejected();
        if (home == Place.MEMORY) {
            record.sealed(lane, -settlement.total());
        }
    }

    /** The state of all lanes at one instant; workers go on meanwhile. */
    public LedgerSnapshot snapshot() {
        while (true) {
            LedgerSnapshot snapshot = trySnapshot();
            if (snapshot != null) {
                return snapshot;
            }
            LockSupport.parkNanos(RETRY_NS);
        }
    }

    /** Gives up when a worker stands still in the middle of a count, to let go of the lock. */
    private synchronized @Nullable LedgerSnapshot trySnapshot() {
        long[][] copies = new long[workers.length][];
        for (int i = 0; i < workers.length; i++) {
            copies[i] = workers[i].newCopy();
            int spins = SPINS;
            while (!workers[i].tryCopy(copies[i])) {
                if (--spins == 0) {
                    return null;
                }
                Thread.onSpinWait();
            }
        }
        Map<Lane, LaneLedger> lanes = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            lanes.put(lane, laneLedger(lane, copies));
        }
        return new LedgerSnapshot(lanes);
    }

    private LaneLedger laneLedger(Lane lane, long[][] copies) {
        int l = lane.index();
        long accepted = recovered[l];
        long open = 0;
        Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            drops.put(reason, dropped[l][reason.index()]);
        }
        for (long[] copy : copies) {
            accepted += WorkerLedger.accepted(copy, lane);
            open += WorkerLedger.open(copy, lane);
            for (DropReason reason : DropReason.values()) {
                drops.merge(reason, WorkerLedger.refused(copy, lane, reason), Long::sum);
            }
        }
        return new LaneLedger(
                accepted,
                recovered[l],
                acked[l],
                held[l][Place.MEMORY.index()] + open,
                held[l][Place.DISK.index()],
                held[l][Place.IN_FLIGHT.index()],
                quarantined[l],
                drops);
    }
}
