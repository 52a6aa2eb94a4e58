// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.capture.protocol.Protocol;

/** Describes HTTP/2 in clear to the probe: from the first byte, or after an upgrade from HTTP/1. */
public final class Http2Protocol {
    public static final Protocol HTTP2 =
            Protocol.tcp("http2", Http2Detector::detect, Http2Dissector::new, 80, 3000, 8000, 8080, 8888);

    private Http2Protocol() {}
}
