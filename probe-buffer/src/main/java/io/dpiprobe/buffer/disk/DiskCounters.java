// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import io.dpiprobe.buffer.BufferStats.DiskState;
import io.dpiprobe.buffer.Lane;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what happens on disk; written by the spill thread, read by any. */
public final class DiskCounters {
    private volatile DiskState state = DiskState.READY;
    private final AtomicLongArray laneBytes = new AtomicLongArray(Lane.values().length);
    private volatile long oldestMs;
    private volatile long corruptBlocks;
    private volatile long syncErrors;
    private volatile long fullCount;

    public DiskState state() {
        return state;
    }

    /** Bytes of disk that the files of a lane take. */
    public long usedBytes(Lane lane) {
        return laneBytes.get(lane.index());
    }

    /** Wall clock of about the oldest event on disk, 0 if there is none. */
    public long oldestMs() {
        return oldestMs;
    }

    /** Blocks found damaged. */
    public long corruptBlocks() {
        return corruptBlocks;
    }

    /** Failed attempts to force a file. */
    public long syncErrors() {
        return syncErrors;
    }

    /** How often there was no room for a new file within the budget. */
    public long fullCount() {
        return fullCount;
    }

    void state(DiskState newState) {
        state = newState;
    }

    void usedBytes(Lane lane, long bytes) {
        laneBytes.set(lane.index(), bytes);
    }

    void oldestMs(long ms) {
        oldestMs = ms;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void corrupt(int blocks) {
        corruptBlocks += blocks;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void syncFailed() {
        syncErrors++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void full() {
        fullCount++;
    }
}
