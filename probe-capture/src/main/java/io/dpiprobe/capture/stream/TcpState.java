// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import io.dpiprobe.capture.flow.FlowState;
import java.util.Locale;

/** Names the states of a connection as an observer in the middle sees them (after RFC 9293, 3.3.2). */
public enum TcpState {
    NONE(FlowState.NEW),
    /** The client asks. */
    SYN_SENT(FlowState.NEW),
    /** The server has answered. */
    SYN_RECV(FlowState.NEW),
    ESTABLISHED(FlowState.ESTABLISHED),
    /** One side has ended its stream. */
    FIN_WAIT1(FlowState.ESTABLISHED),
    /** The other side has acknowledged that. */
    FIN_WAIT2(FlowState.ESTABLISHED),
    /** Both sides have ended their streams, neither end is acknowledged. */
    CLOSING(FlowState.ESTABLISHED),
    /** Both sides have ended their streams, one end is acknowledged. */
    LAST_ACK(FlowState.CLOSED),
    /** Both ends are acknowledged, or a reset was seen. */
    CLOSED(FlowState.CLOSED);

    private final String label = name().toLowerCase(Locale.ROOT);
    private final FlowState flowState;

    TcpState(FlowState flowState) {
        this.flowState = flowState;
    }

    public String label() {
        return label;
    }

    /** What this means for the flow. */
    public FlowState flowState() {
        return flowState;
    }
}
