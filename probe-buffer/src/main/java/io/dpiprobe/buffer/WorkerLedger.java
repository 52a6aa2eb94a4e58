// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts what one worker does with its events, in cells that no other thread writes.
 *
 * <p>A version number is odd while the cells change, so that a reader can tell a consistent copy from a torn one.
 */
public final class WorkerLedger {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int LANES = Lane.values().length;
    private static final int REASONS = DropReason.values().length;

    /** Two cache lines on each side, so that workers do not share one. */
    private static final int PADDING = 16;

    private static final int VERSION = PADDING;
    private static final int ACCEPTED = VERSION + 1;
    private static final int OPEN = ACCEPTED + LANES;
    private static final int REFUSED = OPEN + LANES;
    private static final int END = REFUSED + LANES * REASONS;

    private final long[] cells = new long[END + PADDING];

    WorkerLedger() {}

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
        return cells[ACCEPTED + lane.index()];
    }

    /** Empties the open count of a lane; the caller holds the ledger's lock. */
    long takeOpen(Lane lane) {
        begin();
        long open = cells[OPEN + lane.index()];
        add(OPEN + lane.index(), -open);
        end();
        return open;
    }

    /** Copies the cells; false if the worker was writing meanwhile. */
    boolean tryCopy(long[] target) {
        long version = (long) CELL.getAcquire(cells, VERSION);
        if ((version & 1) != 0) {
            return false;
        }
        for (int i = ACCEPTED; i < END; i++) {
            target[i] = (long) CELL.getOpaque(cells, i);
        }
        VarHandle.loadLoadFence();
        return (long) CELL.getOpaque(cells, VERSION) == version;
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
        CELL.setOpaque(cells, VERSION, cells[VERSION] + 1);
        VarHandle.storeStoreFence();
    }

    private void end() {
        CELL.setRelease(cells, VERSION, cells[VERSION] + 1);
    }

    private void add(int cell, long amount) {
        CELL.setOpaque(cells, cell, cells[cell] + amount);
    }
}
