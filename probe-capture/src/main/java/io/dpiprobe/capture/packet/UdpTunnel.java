// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;

/** Recognises tunnels over UDP by port and header: VXLAN, Geneve, GTP-U and Teredo. */
final class UdpTunnel {
    private static final int VXLAN_PORT = 4789;
    private static final int GENEVE_PORT = 6081;
    private static final int GTP_U_PORT = 2152;
    private static final int TEREDO_PORT = 3544;
    private static final int VXLAN_HEADER = 8;
    private static final int GENEVE_HEADER = 8;
    private static final int GTP_U_HEADER = 8;
    private static final int GTP_G_PDU = 255;

    private UdpTunnel() {}

    /** Notes in the packet what it carries, if it carries anything. */
    static void recognise(Packet packet) {
        if (packet.payloadLength < VXLAN_HEADER) {
            return;
        }
        switch (packet.dstPort) {
            case VXLAN_PORT -> vxlan(packet);
            case GENEVE_PORT -> geneve(packet);
            case GTP_U_PORT -> gtpU(packet);
            default -> {
                if (packet.dstPort == TEREDO_PORT || packet.srcPort == TEREDO_PORT) {
                    teredo(packet);
                }
            }
        }
    }

    /** RFC 7348, 5: the flag says that there is a network identifier; what is reserved is zero. */
    private static void vxlan(Packet packet) {
        int at = packet.payloadOffset;
        boolean flag = (Wire.u8(packet.bytes, at) & 0x08) != 0;
        if (flag && Wire.u8(packet.bytes, at + 7) == 0) {
            packet.tunnel(EtherType.ETHERNET, at + VXLAN_HEADER);
        }
    }

    /** RFC 8926, 3.4. */
    private static void geneve(Packet packet) {
        int at = packet.payloadOffset;
        int first = Wire.u8(packet.bytes, at);
        boolean versionZero = first >> 6 == 0;
        int header = GENEVE_HEADER + (first & 0x3f) * 4;
        if (versionZero && header < packet.payloadLength) {
            packet.tunnel(Wire.u16(packet.bytes, at + 2), at + header);
        }
    }

    /** 3GPP TS 29.281, 5: version 1, a T-PDU, and extension headers that end with type zero. */
    private static void gtpU(Packet packet) {
        DirectBuffer bytes = packet.bytes;
        int at = packet.payloadOffset;
        int end = at + packet.payloadLength;
        int flags = Wire.u8(bytes, at);
        if (flags >> 4 != 3 || Wire.u8(bytes, at + 1) != GTP_G_PDU) {
            return;
        }
        int inner = at + GTP_U_HEADER;
        if ((flags & 7) != 0) {
            inner += 4;
            int next = inner <= end && (flags & 4) != 0 ? Wire.u8(bytes, inner - 1) : 0;
            for (int i = 0; next != 0 && inner < end && i < Decoder.MAX_LAYERS; i++) {
                inner += Math.max(1, Wire.u8(bytes, inner)) * 4;
                next = inner <= end ? Wire.u8(bytes, inner - 1) : 0;
            }
        }
        if (inner < end) {
            packet.tunnel(EtherType.IP, inner);
        }
    }

    /** RFC 4380, 5.1.1: authentication and origin indication may stand before the IPv6 packet. */
    private static void teredo(Packet packet) {
        DirectBuffer bytes = packet.bytes;
        int at = packet.payloadOffset;
        int end = at + packet.payloadLength;
        if (Wire.u16(bytes, at) == 1) {
            at += 13 + Wire.u8(bytes, at + 2) + Wire.u8(bytes, at + 3);
        }
        if (at + 8 <= end && Wire.u16(bytes, at) == 0) {
            at += 8;
        }
        boolean isIpv6 = at + IpDecoder.IPV6_HEADER <= end && Wire.u8(bytes, at) >> 4 == 6;
        if (isIpv6) {
            packet.tunnel(EtherType.IPV6, at);
        }
    }
}
