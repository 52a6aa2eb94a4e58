// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.websocket;

import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes WebSocket: only HTTP hands over to it, its frames cannot be told from other bytes. */
public final class WebsocketProtocol {
    public static final Protocol WEBSOCKET = Protocol.tcp(
                    "websocket", (from, in) -> Verdict.INVALID, WebsocketDissector::new)
            .onOwnPorts();

    private WebsocketProtocol() {}
}
