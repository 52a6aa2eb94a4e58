// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import java.util.Locale;

/** Names why a flow record was written. */
public enum EndReason {
    /** Nothing was seen for the timeout of its state. */
    TIMEOUT,
    /** The capture or the probe ended. */
    SHUTDOWN,
    /** The same addresses and ports began another connection. */
    TCP_REUSE,
    /** The flow table was full. */
    FORCED;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }
}
