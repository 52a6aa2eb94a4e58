// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Describes DNS over UDP and TCP and multicast DNS: on their own ports the header will do, elsewhere the whole of the first
 * message must be beyond doubt.
 */
public final class DnsProtocol {
    public static final Protocol DNS_UDP = Protocol.udp(
                    "dns", DnsProtocol::detect, () -> new DnsDissector<>(DnsEvent.class, DnsEvent::new), 53)
            .onOwnPorts();
    public static final Protocol DNS_TCP = Protocol.tcp("dns", DnsProtocol::detectOverTcp, DnsStreamDissector::new, 53)
            .onOwnPorts();
    public static final Protocol DNS_UDP_ELSEWHERE =
            Protocol.udp("dns", DnsSignature::inDatagram, () -> new DnsDissector<>(DnsEvent.class, DnsEvent::new));
    public static final Protocol DNS_TCP_ELSEWHERE =
            Protocol.tcp("dns", DnsSignature::inStream, DnsStreamDissector::new);
    public static final Protocol MDNS = Protocol.udp(
                    "mdns", DnsProtocol::detect, () -> new DnsDissector<>(MdnsEvent.class, MdnsEvent::new), 5353)
            .onOwnPorts();

    /** Largest message that TCP can frame. */
    static final int MAX_MESSAGE = 65535;

    private DnsProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        DnsHeader.check(in, in.remaining());
        return in.failed() ? Verdict.INVALID : Verdict.OK;
    }

    private static Verdict detectOverTcp(Direction from, Cursor in) {
        int length = in.u16();
        in.require(length >= DnsHeader.LENGTH);
        DnsHeader.check(in, length);
        return in.verdict();
    }
}
