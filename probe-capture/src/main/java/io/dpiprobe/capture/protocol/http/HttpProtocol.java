// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.protocol.Protocol;

/** Describes HTTP/1 to the probe. */
public final class HttpProtocol {
    public static final Protocol HTTP = Protocol.tcp(
            "http", HttpDetector::detect, HttpDissector::new, 80, 3128, 8000, 8008, 8080, 8081, 8088, 8888);

    private HttpProtocol() {}
}
