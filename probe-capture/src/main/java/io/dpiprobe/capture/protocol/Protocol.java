// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.packet.IpProtocol;
import java.util.BitSet;
import java.util.function.Supplier;

/**
 * Describes a protocol to the probe: what it is called, how it is recognised, who dissects it.
 *
 * @param name as {@code app_proto} shows it
 * @param transport {@link IpProtocol#TCP} or {@link IpProtocol#UDP}
 * @param detector asked about the first bytes of a flow; the content decides, not the port
 * @param ports where it is expected, in either direction: its detector is asked before those of other protocols there
 * @param scope whether it is looked for on other ports too
 * @param dissector makes a dissector; the probe keeps and reuses what it makes
 */
public record Protocol(
        String name, int transport, Detector detector, BitSet ports, Scope scope, Supplier<Dissector> dissector) {
    /** Where a protocol is looked for. */
    public enum Scope {
        /** On every port: the detector is sure of itself. */
        ANY_PORT,
        /** On its own ports alone: the pattern is too weak for others. */
        OWN_PORTS
    }

    /** Describes a protocol over TCP that is looked for on every port. */
    public static Protocol tcp(String name, Detector detector, Supplier<Dissector> dissector, int... ports) {
        return new Protocol(name, IpProtocol.TCP, detector, set(ports), Scope.ANY_PORT, dissector);
    }

    /** Describes a protocol over UDP that is looked for on every port. */
    public static Protocol udp(String name, Detector detector, Supplier<Dissector> dissector, int... ports) {
        return new Protocol(name, IpProtocol.UDP, detector, set(ports), Scope.ANY_PORT, dissector);
    }

    /** The same protocol, looked for on its own ports alone. */
    public Protocol onOwnPorts() {
        return new Protocol(name, transport, detector, ports, Scope.OWN_PORTS, dissector);
    }

    /** True if this port is one of its own. */
    boolean expects(int port) {
        return ports.get(port);
    }

    private static BitSet set(int... ports) {
        BitSet set = new BitSet();
        for (int port : ports) {
            set.set(port);
        }
        return set;
    }
}
