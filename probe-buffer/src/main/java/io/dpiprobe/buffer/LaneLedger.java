// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.util.Map;

/**
 * States where the events of one lane are at one instant.
 *
 * @param accepted events offered or refused in this run, and those found on disk when it began
 * @param recovered the part of {@code accepted} that was found on disk
 * @param acked events that Core has taken
 * @param inMemory events in open or sealed segments
 * @param onDisk events on disk only
 * @param inFlight events of batches that were polled and not yet settled
 * @param quarantined events written to the quarantine file
 * @param dropped events given up, by reason; every reason is present
 */
public record LaneLedger(
        long accepted,
        long recovered,
        long acked,
        long inMemory,
        long onDisk,
        long inFlight,
        long quarantined,
        Map<DropReason, Long> dropped) {
    /** Events given up for one reason. */
    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /** Events given up for any reason. */
    public long droppedTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Events that are accounted for nowhere (positive) or twice (negative); 0 unless there is a bug. */
    public long imbalance() {
        return accepted - acked - inMemory - onDisk - inFlight - quarantined - droppedTotal();
    }
}
