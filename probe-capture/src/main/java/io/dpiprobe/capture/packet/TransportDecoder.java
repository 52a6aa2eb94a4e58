// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Reads TCP (RFC 9293), UDP (RFC 768), SCTP ports and ICMP headers; other protocols are all payload. */
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
    @Nullable
    Undecodable decode(Packet packet, int offset, int length) {
        int captured = Math.min(length, packet.bytes.capacity() - offset);
        return switch (packet.protocol) {
            case IpProtocol.TCP -> tcp(packet, offset, length, captured);
            case IpProtocol.UDP -> udp(packet, offset, length, captured);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> icmp(packet, offset, length, captured);
            case IpProtocol.SCTP -> sctp(packet, offset, length, captured);
            default -> payload(packet, offset, length, captured, 0);
        };
    }

    private static @Nullable Undecodable tcp(Packet packet, int offset, int length, int captured) {
        if (length < TCP_HEADER) {
            return Undecodable.BAD_TRANSPORT_HEADER;
        }
        if (captured < TCP_HEADER) {
            return Undecodable.TRUNCATED;
        }
        DirectBuffer bytes = packet.bytes;
        int header = (Wire.u8(bytes, offset + 12) >> 4) * 4;
        if (header < TCP_HEADER || header > length) {
            return Undecodable.BAD_TRANSPORT_HEADER;
        }
        ports(packet, offset);
        packet.seq = Wire.i32(bytes, offset + 4);
        packet.ack = Wire.i32(bytes, offset + 8);
        packet.tcpFlags = Wire.u8(bytes, offset + 13);
        packet.window = Wire.u16(bytes, offset + 14);
        return payload(packet, offset, length, captured, header);
    }

    private static @Nullable Undecodable udp(Packet packet, int offset, int length, int captured) {
        if (length < UDP_HEADER) {
            return Undecodable.BAD_TRANSPORT_HEADER;
        }
        if (captured < UDP_HEADER) {
            return Undecodable.TRUNCATED;
        }
        int said = Wire.u16(packet.bytes, offset + 4);
        if (said != 0 && (said < UDP_HEADER || said > length)) {
            return Undecodable.BAD_TRANSPORT_HEADER;
        }
        ports(packet, offset);
        int whole = said == 0 ? length : said; // zero: a jumbogram (RFC 2675, 4)
        return payload(packet, offset, whole, Math.min(captured, whole), UDP_HEADER);
    }

    private static @Nullable Undecodable sctp(Packet packet, int offset, int length, int captured) {
        if (length < SCTP_HEADER) {
            return Undecodable.BAD_TRANSPORT_HEADER;
        }
        if (captured < SCTP_HEADER) {
            return Undecodable.TRUNCATED;
        }
        ports(packet, offset);
        return payload(packet, offset, length, captured, SCTP_HEADER);
    }

    private static @Nullable Undecodable icmp(Packet packet, int offset, int length, int captured) {
        if (length < ICMP_HEADER) {
            return Undecodable.BAD_TRANSPORT_HEADER;
        }
        if (captured < ICMP_HEADER) {
            return Undecodable.TRUNCATED;
        }
        packet.icmpType = Wire.u8(packet.bytes, offset);
        packet.icmpCode = Wire.u8(packet.bytes, offset + 1);
        return payload(packet, offset, length, captured, ICMP_HEADER);
    }

    private static void ports(Packet packet, int offset) {
        packet.srcPort = Wire.u16(packet.bytes, offset);
        packet.dstPort = Wire.u16(packet.bytes, offset + 2);
    }

    private static @Nullable Undecodable payload(Packet packet, int offset, int length, int captured, int header) {
        packet.payloadOffset = Math.min(offset + header, packet.bytes.capacity());
        packet.payloadLength = Math.max(0, captured - header);
        packet.missing = length - header - packet.payloadLength;
        return null;
    }
}
