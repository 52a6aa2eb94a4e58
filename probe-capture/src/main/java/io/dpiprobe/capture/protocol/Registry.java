// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.packet.IpProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the protocols the probe knows, and finds those that may be spoken between two ports. */
public final class Registry {
    private static final int PORTS = 65536;

    private final List<Protocol> protocols;
    private final Protocol[] tcp;
    private final Protocol[] udp;
    private final boolean[] tcpServerPort = new boolean[PORTS];
    private final boolean[] udpServerPort = new boolean[PORTS];

    /** @param protocols in the order in which their detectors are asked */
    public Registry(List<Protocol> protocols) {
        this.protocols = List.copyOf(protocols);
        this.tcp = over(IpProtocol.TCP);
        this.udp = over(IpProtocol.UDP);
        for (Protocol protocol : protocols) {
            boolean[] serverPorts = serverPorts(protocol.transport());
            protocol.ports().stream().forEach(port -> serverPorts[port] = true);
        }
    }

    public List<Protocol> protocols() {
        return protocols;
    }

    /** Protocols over {@link IpProtocol#TCP} or {@link IpProtocol#UDP}, in order. */
    Protocol[] candidates(int transport) {
        return transport == IpProtocol.TCP ? tcp : udp;
    }

    /** True if some protocol is served on this port. */
    public boolean isServerPort(int transport, int port) {
        return serverPorts(transport)[port];
    }

    /** The protocol of this name over this transport. */
    @Nullable
    Protocol named(String name, int transport) {
        for (Protocol protocol : protocols) {
            if (protocol.transport() == transport && protocol.name().equals(name)) {
                return protocol;
            }
        }
        return null;
    }

    private Protocol[] over(int transport) {
        return protocols.stream().filter(each -> each.transport() == transport).toArray(Protocol[]::new);
    }

    private boolean[] serverPorts(int transport) {
        return transport == IpProtocol.TCP ? tcpServerPort : udpServerPort;
    }
}
