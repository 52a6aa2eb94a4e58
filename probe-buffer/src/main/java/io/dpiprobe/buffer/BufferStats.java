// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.util.Map;

/**
 * States how full the buffer is and what has gone wrong; made anew at each call, for metrics.
 *
 * @param memory the memory tier
 * @param disk the disk tier
 * @param inFlightBatches batches polled and not yet settled
 * @param corruptBlocks blocks on disk that were found damaged
 * @param syncErrors failed attempts to force files to disk
 * @param dirAvailableBytes free space of the file system of the buffer directory
 * @param diskState what the disk tier can do at present
 * @param offerTimes how long offers took
 * @param highestAcceptedMs wall clock when an event was last taken, 0 if never; one given up at once is not
 */
public record BufferStats(
        Tier memory,
        Tier disk,
        int inFlightBatches,
        long corruptBlocks,
        long syncErrors,
        long dirAvailableBytes,
        DiskState diskState,
        TimeHistogram.Summary offerTimes,
        long highestAcceptedMs) {
    /**
     * One tier.
     *
     * @param usedBytes memory that is not free, or disk blocks allocated
     * @param capacityBytes the budget
     * @param laneBytes by lane, the bytes of sealed events, or of files
     * @param oldestAgeNs age of the oldest event, 0 if there is none
     * @param fullCount how often there was no room
     */
    public record Tier(
            long usedBytes, long capacityBytes, Map<Lane, Long> laneBytes, long oldestAgeNs, long fullCount) {}

    /** What the disk tier can do. */
    public enum DiskState {
        READY,
        /** No file can be allocated; tried again by itself. */
        DISK_FULL,
        /** Input or output fails; tried again by itself. */
        IO_ERROR
    }
}
