// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.flow.Direction;

/**
 * Follows one protocol in one flow: reads messages and writes events.
 *
 * <p>One instance serves one flow at a time and is used again for another after {@link #reset()}. Runs on the capture
 * worker that owns the flow.
 */
public interface Dissector {
    /**
     * Reads what it can.
     *
     * <p>On a stream: consumes complete messages and answers {@link Verdict#OK} with the cursor behind the last one (it
     * is called again at once while bytes are left and it has moved), or {@link Verdict#NEED_MORE} when the first
     * message is not complete (it is called again, from the same start, once there are {@link Cursor#wanted()} bytes).
     * On datagrams: the cursor holds one whole datagram, and whatever is left over is dropped.
     *
     * @param from which way the bytes go
     */
    Verdict onData(Direction from, Cursor in, Session session);

    /**
     * Bytes of a stream were lost between the last and the next call for this direction.
     *
     * @return {@link Verdict#OK} to go on with the bytes behind the gap, {@link Verdict#INVALID} to stop
     */
    default Verdict onGap(Direction from, long bytes, Session session) {
        return Verdict.INVALID;
    }

    /** The flow was announced by another, which left word of what it is for. Called before the first bytes. */
    default void onExpected(Expectation expectation) {}

    /** The flow is over, or dissection is: writes what is still open. */
    default void onEnd(Session session) {}

    /** Makes this as new for another flow. */
    void reset();
}
