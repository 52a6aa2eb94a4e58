// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import org.jspecify.annotations.Nullable;

/**
 * Hands out events for delivery, oldest first within a lane and worker, and forgets them only when told what became of
 * them. Called by the transport loop alone.
 */
public interface BatchSource {
    /**
     * The next batch, now in flight, or null if there is none to send.
     *
     * <p>Of each lane and worker at most one is in flight at a time: Core gets them in order.
     */
    @Nullable
    Batch poll();

    /** Says what became of every event of a batch that was in flight; its memory or disk space is free afterwards. */
    void settle(Batch batch, Settlement settlement);

    /** Takes back a batch that was not delivered: it is again the oldest of its lane and worker. */
    void giveBack(Batch batch);
}
