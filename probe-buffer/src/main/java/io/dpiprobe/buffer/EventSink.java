// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import org.agrona.DirectBuffer;

/**
 * Takes finished events from one capture worker.
 *
 * <p>Not thread-safe: each worker has its own sink. Sequence numbers count without holes per lane; an event that is
 * given up still has one, so that Core can see the gap.
 */
public interface EventSink {
    /** The sequence number that the next event offered or refused in this lane will carry, from 1. */
    long nextSeq(Lane lane);

    /**
     * Takes a copy of one event (a JSON object without a line end). Bounded time, never waits (unless the full policy is
     * to block), never allocates.
     *
     * @param length bytes of the event
     * @return false if the event was given up; it is counted in any case
     */
    boolean offer(Lane lane, DirectBuffer event, int offset, int length);

    /** Counts an event that is given up before it was written: it uses up a sequence number. */
    void refuse(Lane lane, DropReason reason);

    /** Hands on segments whose first event has waited for the linger time; called by the worker, also when idle. */
    void onTick(long nowNs);

    /** Hands on every event taken so far, as at the end of a file. */
    void flush();
}
