// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the beginning of the packet that an ICMP error quotes, so that the error can be counted to the flow it is about
 * (RFC 792; RFC 4443, 3). Owned by one worker.
 */
public final class QuotedPacket {
    /** ICMP fields before the quotation, behind type, code and checksum. */
    private static final int UNUSED = 4;

    private static final int PORTS = 4;

    private final Packet quoted = new Packet();

    /** The quoted packet, with its addresses and ports alone, or null if this is no error or quotes too little. */
    public @Nullable Packet of(Packet packet) {
        if (!isError(packet)) {
            return null;
        }
        DirectBuffer bytes = packet.bytes;
        int at = packet.payloadOffset + UNUSED;
        int captured = packet.payloadOffset + packet.payloadLength - at;
        quoted.clear(bytes);
        quoted.header(packet.timestampNs(), packet.number(), packet.wireLength());
        for (int i = 0; i < packet.vlanCount; i++) {
            quoted.addVlan(packet.vlans[i]);
        }
        return packet.protocol == IpProtocol.ICMP ? ipv4(at, captured) : ipv6(at, captured);
    }

    private static boolean isError(Packet packet) {
        return switch (packet.protocol) {
            case IpProtocol.ICMP ->
                packet.icmpType == 3 || packet.icmpType == 4 || packet.icmpType == 11 || packet.icmpType == 12;
            case IpProtocol.ICMPV6 -> packet.icmpType >= 1 && packet.icmpType <= 4;
            default -> false;
        };
    }

    private @Nullable Packet ipv4(int at, int captured) {
        DirectBuffer bytes = quoted.bytes;
        if (captured < IpDecoder.IPV4_HEADER || Wire.u8(bytes, at) >> 4 != 4) {
            return null;
        }
        quoted.ipVersion = 4;
        quoted.srcHi = 0;
        quoted.dstHi = 0;
        quoted.srcLo = Wire.u32(bytes, at + 12);
        quoted.dstLo = Wire.u32(bytes, at + 16);
        quoted.protocol = Wire.u8(bytes, at + 9);
        int header = (Wire.u8(bytes, at) & 15) * 4;
        return ports(at + header, captured - header);
    }

    private @Nullable Packet ipv6(int at, int captured) {
        DirectBuffer bytes = quoted.bytes;
        if (captured < IpDecoder.IPV6_HEADER || Wire.u8(bytes, at) >> 4 != 6) {
            return null;
        }
        quoted.ipVersion = 6;
        quoted.srcHi = Wire.u64(bytes, at + 8);
        quoted.srcLo = Wire.u64(bytes, at + 16);
        quoted.dstHi = Wire.u64(bytes, at + 24);
        quoted.dstLo = Wire.u64(bytes, at + 32);
        quoted.protocol = Wire.u8(bytes, at + 6);
        return ports(at + IpDecoder.IPV6_HEADER, captured - IpDecoder.IPV6_HEADER);
    }

    private @Nullable Packet ports(int at, int captured) {
        boolean hasPorts = quoted.protocol == IpProtocol.TCP || quoted.protocol == IpProtocol.UDP;
        if (hasPorts && captured < PORTS) {
            return null;
        }
        if (hasPorts) {
            quoted.srcPort = Wire.u16(quoted.bytes, at);
            quoted.dstPort = Wire.u16(quoted.bytes, at + 2);
        }
        return quoted;
    }
}
