// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import java.util.Locale;

/** Says how far a flow has come; each state has its own timeout. */
public enum FlowState {
    /** One side has spoken. */
    NEW,
    /** Both sides have; for TCP, the handshake is complete. */
    ESTABLISHED,
    /** TCP has said goodbye. */
    CLOSED;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }
}
