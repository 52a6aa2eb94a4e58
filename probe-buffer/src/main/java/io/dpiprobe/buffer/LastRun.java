// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.util.Map;

/**
 * Says how the run before this one ended, and what was lost with it.
 *
 * @param end how it ended
 * @param epoch its name: 8 hex digits; empty if it was not killed
 * @param lostAtMost by lane, the events that only its memory had when it was killed, some of which Core may have taken
 *     without its answer coming back; empty if that is not known
 */
public record LastRun(End end, String epoch, Map<Lane, Long> lostAtMost) {
    /** How a run can end. */
    public enum End {
        /** There was none, or it was stopped and nothing was left in memory. */
        STOPPED,
        /** It was killed, or the machine lost its power. */
        KILLED
    }

    static final LastRun WAS_STOPPED = new LastRun(End.STOPPED, "", Map.of());

    /** Whether it is known how many events were lost at most. */
    public boolean isLossKnown() {
        return end == End.STOPPED || !lostAtMost.isEmpty();
    }

    /** The events of a lane that were lost at most; 0 too if that is not known. */
    public long lostAtMost(Lane lane) {
        return lostAtMost.getOrDefault(lane, 0L);
    }
}
