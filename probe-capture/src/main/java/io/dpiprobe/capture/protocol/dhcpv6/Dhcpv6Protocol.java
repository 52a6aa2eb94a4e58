// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcpv6;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes DHCP for IPv6: on its own ports, where a message is options up to its end. */
public final class Dhcpv6Protocol {
    public static final Protocol DHCPV6 = Protocol.udp("dhcpv6", Dhcpv6Protocol::detect, Dhcpv6Dissector::new, 546, 547)
            .onOwnPorts();

    private Dhcpv6Protocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        return new Dhcpv6Message().read(in);
    }
}
