// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcp;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes DHCP: recognised by its magic cookie on any port. */
public final class DhcpProtocol {
    public static final Protocol DHCP = Protocol.udp("dhcp", DhcpProtocol::detect, DhcpDissector::new, 67, 68);

    private DhcpProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        int op = in.u8();
        in.require(op == DhcpMessage.BOOTREQUEST || op == DhcpMessage.BOOTREPLY);
        in.skip(DhcpMessage.COOKIE_OFFSET - 1);
        in.require(in.u32() == DhcpMessage.MAGIC_COOKIE);
        return in.verdict();
    }
}
