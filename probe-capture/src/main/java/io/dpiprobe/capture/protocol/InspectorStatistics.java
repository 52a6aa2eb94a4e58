// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

/** Counts what went wrong in dissection. Written by one worker, read by any thread, at most a little late. */
public final class InspectorStatistics {
    private long invalid;
    private long messageTooLong;

    void onInvalid() {
        invalid++;
    }

    void onMessageTooLong() {
        messageTooLong++;
    }

    /** Streams and datagrams that broke the rules of the protocol they had been recognised as. */
    public long invalid() {
        return invalid;
    }

    /** Streams given up because one message was longer than {@link Inspector#MAX_MESSAGE_BYTES}. */
    public long messageTooLong() {
        return messageTooLong;
    }
}
