// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;

/** Says what libpcap finds wrong with a capture filter. */
public final class InvalidFilterException extends IOException {
    private static final long serialVersionUID = 1;

    InvalidFilterException(String expression, String problem) {
        super("capture filter \"" + expression + "\": " + problem + "; the syntax is that of pcap-filter(7)");
    }
}
