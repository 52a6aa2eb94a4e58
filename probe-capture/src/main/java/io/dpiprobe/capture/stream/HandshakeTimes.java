// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

/** Measures the round trips of a TCP handshake, as they are seen from where the packets were captured. */
public final class HandshakeTimes {
    private static final int NONE = -1;
    private static final long NS_PER_US = 1000;

    /** When the last step was seen: the SYN, then its answer. */
    private long stepNs = NONE;

    private int serverUs = NONE;
    private int clientUs = NONE;
    private boolean answered;

    void reset() {
        stepNs = NONE;
        serverUs = NONE;
        clientUs = NONE;
        answered = false;
    }

    void onSyn(long timestampNs) {
        if (!answered) {
            stepNs = timestampNs; // of a repeated SYN the last: it is not known which was answered
        }
    }

    void onSynAck(long timestampNs) {
        serverUs = sinceStep(timestampNs);
        stepNs = timestampNs;
        answered = true;
    }

    void onAck(long timestampNs) {
        if (answered) {
            clientUs = sinceStep(timestampNs);
        }
    }

    private int sinceStep(long timestampNs) {
        return stepNs == NONE
                ? NONE
                : (int) Math.min(Integer.MAX_VALUE, Math.floorDiv(timestampNs - stepNs, NS_PER_US));
    }

    /** Microseconds from the SYN to its answer: from here to the server and back. Negative if not seen. */
    public int serverUs() {
        return serverUs;
    }

    /** Microseconds from the answer to its acknowledgment: from here to the client and back. Negative if not seen. */
    public int clientUs() {
        return clientUs;
    }
}
