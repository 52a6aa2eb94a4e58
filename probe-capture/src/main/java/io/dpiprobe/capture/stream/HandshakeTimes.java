// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

/** Measures the round trips of a TCP handshake, as they are seen from where the packets were captured. */
public final class HandshakeTimes {
    private static final long NONE = -1;

    private long synNs = NONE;
    private long synAckNs = NONE;
    private long ackNs = NONE;

    void reset() {
        synNs = NONE;
        synAckNs = NONE;
        ackNs = NONE;
    }

    void onSyn(long timestampNs) {
        if (synAckNs == NONE) {
            synNs = timestampNs; // of a repeated SYN the last: it is not known which was answered
        }
    }

    void onSynAck(long timestampNs) {
        synAckNs = timestampNs;
    }

    void onAck(long timestampNs) {
        ackNs = timestampNs;
    }

    /** Nanoseconds from the SYN to its answer: from here to the server and back. Negative if not seen. */
    public long serverNs() {
        return synNs == NONE || synAckNs == NONE ? NONE : synAckNs - synNs;
    }

    /** Nanoseconds from the answer to its acknowledgment: from here to the client and back. Negative if not seen. */
    public long clientNs() {
        return synAckNs == NONE || ackNs == NONE ? NONE : ackNs - synAckNs;
    }
}
