// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import java.util.Locale;

/** Names what the circuit breaker lets through. */
public enum BreakerState {
    /** Everything. */
    CLOSED,
    /** Nothing, for a while. */
    OPEN,
    /** One request at a time, to find out. */
    HALF_OPEN;

    /** The name in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The place in arrays, from 0. */
    @SuppressWarnings("EnumOrdinal") // here only: arrays are indexed through this
    public int index() {
        return ordinal();
    }
}
