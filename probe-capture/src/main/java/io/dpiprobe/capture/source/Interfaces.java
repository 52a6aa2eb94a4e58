// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/** Lists the interfaces that can be captured from. */
public final class Interfaces {
    private Interfaces() {}

    /**
     * Describes an interface.
     *
     * @param description empty if libpcap has none
     */
    public record Interface(
            String name,
            String description,
            List<InetAddress> addresses,
            boolean isUp,
            boolean isRunning,
            boolean isLoopback) {}

    /**
     * Lists them all, in libpcap's order: the likeliest first.
     *
     * @throws LibPcapMissingException if libpcap is not installed
     */
    public static List<Interface> list() throws IOException {
        LibPcap.require();
        try {
            return Pcaps.findAllDevs().stream().map(Interfaces::describe).toList();
        } catch (PcapNativeException e) {
            throw new IOException("interfaces cannot be listed: " + e.getMessage(), e);
        }
    }

    /** The interface of the default route, if there is one; needs no libpcap. */
    public static Optional<String> ofDefaultRoute() {
        return new DefaultRoute(Path.of("/proc/net")).interfaceName();
    }

    static String names() {
        try {
            return String.join(", ", list().stream().map(Interface::name).toList());
        } catch (IOException e) {
            return "unknown (" + e.getMessage() + ")";
        }
    }

    private static Interface describe(PcapNetworkInterface device) {
        return new Interface(
                device.getName(),
                Objects.requireNonNullElse(device.getDescription(), ""),
                device.getAddresses().stream()
                        .map(PcapAddress::getAddress)
                        .filter(Objects::nonNull)
                        .toList(),
                device.isUp(),
                device.isRunning(),
                device.isLoopBack());
    }
}
