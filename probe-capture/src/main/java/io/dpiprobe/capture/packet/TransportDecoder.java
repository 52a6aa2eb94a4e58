// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;

/** Reads TCP (RFC 9293), UDP (RFC 768), SCTP ports, ICMP and GRE headers; other protocols are all payload. */
final class TransportDecoder {
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int SCTP_HEADER = 12;
    private static final int ICMP_HEADER = 4;

    /**
     * Decodes at {@code offset} of the packet.
     *
     * @param length bytes that the network header says are there; fewer may have been captured
     */
    long decode(Packet packet, int offset, int length) {
        int captured = Math.min(length, packet.bytes.capacity() - offset);
        return switch (packet.protocol) {
            case IpProtocol.TCP -> tcp(packet, offset, length, captured);
            case IpProtocol.UDP -> udp(packet, offset, length, captured);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> icmp(packet, offset, length, captured);
            case IpProtocol.SCTP -> sctp(packet, offset, length, captured);
            case IpProtocol.GRE -> Gre.decode(packet, offset, captured);
            case IpProtocol.IPV4, IpProtocol.IPV6 -> ipInIp(packet, offset, length, captured);
            default -> payload(packet, offset, length, captured, 0);
        };
    }

    private static long tcp(Packet packet, int offset, int length, int captured) {
        if (length < TCP_HEADER) {
            return bad(packet, DecodeAnomaly.TCP_PKT_TOO_SMALL);
        }
        if (captured < TCP_HEADER) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        DirectBuffer bytes = packet.bytes;
        int header = (Wire.u8(bytes, offset + 12) >> 4) * 4;
        if (header < TCP_HEADER) {
            return bad(packet, DecodeAnomaly.TCP_HLEN_TOO_SMALL);
        }
        if (header > length) {
            return bad(packet, DecodeAnomaly.TCP_INVALID_OPTLEN);
        }
        if (header > TCP_HEADER && header <= captured) {
            TcpOptions.check(packet, offset + TCP_HEADER, offset + header);
        }
        ports(packet, offset);
        packet.seq = Wire.i32(bytes, offset + 4);
        packet.ack = Wire.i32(bytes, offset + 8);
        packet.tcpFlags = Wire.u8(bytes, offset + 13);
        packet.window = Wire.u16(bytes, offset + 14);
        packet.urgentPointer = Wire.u16(bytes, offset + 18);
        return payload(packet, offset, length, captured, header);
    }

    private static long udp(Packet packet, int offset, int length, int captured) {
        if (length < UDP_HEADER) {
            return bad(packet, DecodeAnomaly.UDP_PKT_TOO_SMALL);
        }
        if (captured < UDP_HEADER) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        int said = Wire.u16(packet.bytes, offset + 4);
        if (said != 0 && (said < UDP_HEADER || said > length)) {
            return bad(packet, said > length ? DecodeAnomaly.UDP_PKT_TOO_SMALL : DecodeAnomaly.UDP_LEN_INVALID);
        }
        ports(packet, offset);
        int whole = said == 0 ? length : said; // zero: a jumbogram (RFC 2675, 4)
        long done = payload(packet, offset, whole, Math.min(captured, whole), UDP_HEADER);
        UdpTunnel.recognise(packet);
        return done;
    }

    private static long sctp(Packet packet, int offset, int length, int captured) {
        if (length < SCTP_HEADER) {
            return bad(packet, DecodeAnomaly.SCTP_PKT_TOO_SMALL);
        }
        if (captured < SCTP_HEADER) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        ports(packet, offset);
        return payload(packet, offset, length, captured, SCTP_HEADER);
    }

    private static long icmp(Packet packet, int offset, int length, int captured) {
        if (length < ICMP_HEADER) {
            boolean v4 = packet.protocol == IpProtocol.ICMP;
            return bad(packet, v4 ? DecodeAnomaly.ICMPV4_PKT_TOO_SMALL : DecodeAnomaly.ICMPV6_PKT_TOO_SMALL);
        }
        if (captured < ICMP_HEADER) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        packet.icmpType = Wire.u8(packet.bytes, offset);
        packet.icmpCode = Wire.u8(packet.bytes, offset + 1);
        if (packet.protocol == IpProtocol.ICMP) {
            checkIcmpType(packet);
        }
        return payload(packet, offset, length, captured, ICMP_HEADER);
    }

    private static void checkIcmpType(Packet packet) {
        int codes = IcmpType.codesOf(packet.icmpType);
        if (codes == 0) {
            packet.mark(DecodeAnomaly.ICMPV4_UNKNOWN_TYPE);
        } else if (packet.icmpCode >= codes) {
            packet.mark(DecodeAnomaly.ICMPV4_UNKNOWN_CODE);
        }
    }

    private static long ipInIp(Packet packet, int offset, int length, int captured) {
        packet.tunnel(EtherType.IP, offset);
        return payload(packet, offset, length, captured, 0);
    }

    private static long bad(Packet packet, DecodeAnomaly anomaly) {
        packet.mark(anomaly);
        return Layer.failed(Undecodable.BAD_TRANSPORT_HEADER);
    }

    private static void ports(Packet packet, int offset) {
        packet.srcPort = Wire.u16(packet.bytes, offset);
        packet.dstPort = Wire.u16(packet.bytes, offset + 2);
    }

    private static long payload(Packet packet, int offset, int length, int captured, int header) {
        packet.transportOffset = offset;
        packet.payloadOffset = Math.min(offset + header, packet.bytes.capacity());
        packet.payloadLength = Math.max(0, captured - header);
        packet.missing = Math.max(0, length - header - packet.payloadLength);
        return Layer.DONE;
    }
}
