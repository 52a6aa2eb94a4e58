// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.portmap;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.oncrpc.Program;
import io.dpiprobe.capture.protocol.oncrpc.RpcDetector;
import io.dpiprobe.capture.protocol.oncrpc.RpcDissector;

/** Describes the port mapper: recognised on any port by a call of its program. */
public final class PortmapProtocol {
    public static final Protocol UDP = Protocol.udp(
            "portmap",
            new RpcDetector(IpProtocol.UDP, Program.PORTMAPPER),
            () -> dissector(IpProtocol.UDP),
            PortmapProtocol.PORT);
    public static final Protocol TCP = Protocol.tcp(
            "portmap",
            new RpcDetector(IpProtocol.TCP, Program.PORTMAPPER),
            () -> dissector(IpProtocol.TCP),
            PortmapProtocol.PORT);

    private static final int PORT = 111;

    private PortmapProtocol() {}

    private static RpcDissector dissector(int transport) {
        return new RpcDissector(transport, Program.PORTMAPPER, EventType.PORTMAP, PortmapQuestion::new);
    }
}
