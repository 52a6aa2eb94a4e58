// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rfb;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes RFB: recognised on any port by the version that both sides begin with. */
public final class RfbProtocol {
    public static final Protocol RFB = Protocol.tcp("rfb", RfbProtocol::detect, RfbDissector::new, 5900, 5901);

    private RfbProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        ProtocolVersion.detect(in);
        return in.verdict();
    }
}
