// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.lang.invoke.VarHandle;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Counts what one worker does with its events, in cells that no other thread writes.
 *
 * <p>A version number is odd while the cells change, so that a reader can tell a consistent copy from a torn one.
 */
public final class WorkerLedger {
    private static final int LANES = Lane.values().length;
    private static final int REASONS = DropReason.values().length;

    /** Two cache lines on each side, so that workers do not share one. */
    private static final int PADDING = 16;

    private static final int VERSION = PADDING;
    private static final int ACCEPTED = VERSION + 1;
    private static final int OPEN = ACCEPTED + LANES;
    private static final int REFUSED = OPEN + LANES;
    private static final int END = REFUSED + LANES * REASONS;
    /** What the cells take. */
    static final int BYTES = (END + PADDING) * Long.BYTES;

    private final AtomicBuffer cells;
    private final int base;

    /** Takes cells, all zero, that begin at this index. */
    WorkerLedger(AtomicBuffer cells, int base) {
        this.cells = cells;
        this.base = base;
    }

    /** Counts an event that was written to the open segment of its lane. */
    public void appended(Lane lane) {
        begin();
        add(ACCEPTED + lane.index(), 1);
        add(OPEN + lane.index(), 1);
        end();
    }

    /** Counts an event that was given up at once. */
    public void refused(Lane lane, DropReason reason) {
        begin();
        add(ACCEPTED + lane.index(), 1);
        add(REFUSED + lane.index() * REASONS + reason.index(), 1);
        end();
    }

    /** Events that the worker has counted in a lane so far; for the worker itself. */
    public long accepted(Lane lane) {
        return cells.getLong(at(ACCEPTED + lane.index()));
    }

    /** The open count of a lane; for the worker itself. */
    long open(Lane lane) {
        return cells.getLong(at(OPEN + lane.index()));
    }

    /** Takes events from the open count of a lane; the caller holds the ledger's lock. */
    void takeOpen(Lane lane, long events) {
        begin();
        add(OPEN + lane.index(), -events);
        end();
    }

    /** The open count of a lane in cells that another process has left. */
    static long open(AtomicBuffer cells, int base, Lane lane) {
        return cells.getLong(base + (OPEN + lane.index()) * Long.BYTES);
    }

    /** Copies the cells; false if the worker was writing meanwhile. */
    boolean tryCopy(long[] target) {
        long version = cells.getLongVolatile(at(VERSION));
        if ((version & 1) != 0) {
            return false;
        }
        for (int i = ACCEPTED; i < END; i++) {
            target[i] = cells.getLong(at(i));
        }
        VarHandle.loadLoadFence();
        return cells.getLongVolatile(at(VERSION)) == version;
    }

    long[] newCopy() {
        return new long[END];
    }

    static long accepted(long[] copy, Lane lane) {
        return copy[ACCEPTED + lane.index()];
    }

    static long open(long[] copy, Lane lane) {
        return copy[OPEN + lane.index()];
    }

    static long refused(long[] copy, Lane lane, DropReason reason) {
        return copy[REFUSED + lane.index() * REASONS + reason.index()];
    }

    private void begin() {
        cells.putLongOrdered(at(VERSION), cells.getLong(at(VERSION)) + 1);
        VarHandle.storeStoreFence();
    }

    private void end() {
        cells.putLongOrdered(at(VERSION), cells.getLong(at(VERSION)) + 1);
    }

    private void add(int cell, long amount) {
        cells.putLongOrdered(at(cell), cells.getLong(at(cell)) + amount);
    }

    private int at(int cell) {
        return base + cell * Long.BYTES;
    }
}
