// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * States where every event is at one instant, by lane.
 *
 * @param lanes one entry for each lane
 */
public record LedgerSnapshot(Map<Lane, LaneLedger> lanes) {
    /** The state of one lane. */
    public LaneLedger lane(Lane lane) {
        LaneLedger found = lanes.get(lane);
        if (found == null) {
            throw new IllegalStateException("no such lane: " + lane);
        }
        return found;
    }

    /** Adds up one quantity over the lanes. */
    public long total(ToLongFunction<LaneLedger> quantity) {
        return lanes.values().stream().mapToLong(quantity).sum();
    }

    /** Events accounted for nowhere or twice in any lane; 0 unless there is a bug. */
    public long imbalance() {
        return total(lane -> Math.abs(lane.imbalance()));
    }

    /** Whether every event has been delivered, quarantined or given up. */
    public boolean isDrained() {
        return total(lane -> lane.inMemory() + lane.onDisk() + lane.inFlight()) == 0;
    }
}
