// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

/** Counts what went wrong in dissection. Written by one worker, read by any thread, at most a little late. */
public final class InspectorStatistics {
    private long invalid;
    private long messageTooLong;
    private long failures;
    private long overworked;
    private long shownAgainBytes;
    private long gaps;
    private long expectationsMet;
    private long expectationsEvicted;

    void onInvalid() {
        invalid++;
    }

    void onMessageTooLong() {
        messageTooLong++;
    }

    void onOverworked() {
        overworked++;
    }

    void onShownAgain(int bytes) {
        shownAgainBytes += bytes;
    }

    /** Streams given up because their messages came in too many small pieces. */
    public long overworked() {
        return overworked;
    }

    /** Bytes that dissectors were shown more than once, because a message was not complete. */
    public long shownAgainBytes() {
        return shownAgainBytes;
    }

    void onExpectationMet() {
        expectationsMet++;
    }

    void onExpectationEvicted() {
        expectationsEvicted++;
    }

    /** Connections that another flow had announced. */
    public long expectationsMet() {
        return expectationsMet;
    }

    /** Announced connections forgotten before their time for want of room. */
    public long expectationsEvicted() {
        return expectationsEvicted;
    }

    void onGap() {
        gaps++;
    }

    void onFailure() {
        failures++;
    }

    /** Holes in streams that were never filled, each of any length. */
    public long gaps() {
        return gaps;
    }

    /** Bugs: exceptions that a dissector has thrown. */
    public long failures() {
        return failures;
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
