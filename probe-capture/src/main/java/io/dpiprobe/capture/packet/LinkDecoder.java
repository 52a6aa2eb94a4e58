// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;

/** Reads the headers below IP, one at a time, each saying what follows it. */
final class LinkDecoder {
    private static final int ETHERNET_HEADER = 14;
    private static final int SLL_HEADER = 16;
    private static final int SLL2_HEADER = 20;
    private static final int NULL_HEADER = 4;
    private static final int HDLC_HEADER = 4;
    private static final int VLAN_TAG = 4;
    private static final int MPLS_LABEL = 4;
    private static final int PPPOE_HEADER = 6;
    private static final int NSH_BASE_HEADER = 8;
    private static final int ERSPAN_II_HEADER = 8;
    private static final int ERSPAN_III_HEADER = 12;
    private static final int ERSPAN_III_PLATFORM = 8;
    private static final int PPP_IPV4 = 0x21;
    private static final int PPP_IPV6 = 0x57;

    /** The first header of a packet, by link type. */
    long first(Packet packet, int linkType) {
        return switch (linkType) {
            case LinkType.ETHERNET -> Layer.of(EtherType.ETHERNET, 0);
            case LinkType.LINUX_SLL -> etherType(packet, SLL_HEADER - 2, SLL_HEADER);
            case LinkType.LINUX_SLL2 -> etherType(packet, 0, SLL2_HEADER);
            case LinkType.NULL, LinkType.LOOP -> Layer.of(EtherType.IP, NULL_HEADER);
            case LinkType.C_HDLC -> etherType(packet, HDLC_HEADER - 2, HDLC_HEADER);
            case LinkType.PPP -> Layer.of(EtherType.PPP, 0);
            case LinkType.RAW, LinkType.DLT_RAW, LinkType.DLT_RAW_OPENBSD, LinkType.IPV4, LinkType.IPV6 ->
                Layer.of(EtherType.IP, 0);
            default -> Layer.failed(Undecodable.UNKNOWN_LINK_TYPE);
        };
    }

    /** What follows the header of this type at this offset. */
    long decode(Packet packet, int type, int offset) {
        return switch (type) {
            case EtherType.ETHERNET, EtherType.TRANSPARENT_ETHERNET ->
                etherType(packet, offset + ETHERNET_HEADER - 2, offset + ETHERNET_HEADER);
            case EtherType.VLAN, EtherType.QINQ, EtherType.QINQ_OLD -> vlan(packet, offset);
            case EtherType.MPLS_UNICAST, EtherType.MPLS_MULTICAST -> mpls(packet, offset);
            case EtherType.PPPOE_SESSION -> ppp(packet, offset + PPPOE_HEADER);
            case EtherType.PPP -> ppp(packet, offset);
            case EtherType.NSH -> nsh(packet, offset);
            case EtherType.ERSPAN -> Layer.of(EtherType.ETHERNET, offset + ERSPAN_II_HEADER);
            case EtherType.ERSPAN_III -> erspan3(packet, offset);
            case EtherType.ARP -> arp(packet, offset);
            default -> notIp(packet, type);
        };
    }

    /** Other protocols are no anomaly, and a small number is the length of an IEEE 802.3 frame: spanning tree, say. */
    private static long notIp(Packet packet, int type) {
        if (type > EtherType.LARGEST_LENGTH && !EtherType.isCommon(type)) {
            packet.mark(DecodeAnomaly.ETHERNET_UNKNOWN_ETHERTYPE);
        }
        return Layer.failed(Undecodable.NOT_IP);
    }

    private static long arp(Packet packet, int offset) {
        packet.arpOffset = offset;
        return Layer.failed(Undecodable.NOT_IP);
    }

    private static long etherType(Packet packet, int typeAt, int payloadAt) {
        if (payloadAt > packet.bytes.capacity()) {
            if (packet.isWhole()) {
                packet.mark(DecodeAnomaly.ETHERNET_PKT_TOO_SMALL);
            }
            return Layer.failed(Undecodable.TRUNCATED);
        }
        return Layer.of(Wire.u16(packet.bytes, typeAt), payloadAt);
    }

    private static long vlan(Packet packet, int offset) {
        if (offset + VLAN_TAG > packet.bytes.capacity()) {
            if (packet.isWhole()) {
                packet.mark(DecodeAnomaly.VLAN_HEADER_TOO_SMALL);
            }
            return Layer.failed(Undecodable.TRUNCATED);
        }
        packet.addVlan(Wire.u16(packet.bytes, offset) & 0x0fff);
        return etherType(packet, offset + 2, offset + VLAN_TAG);
    }

    /** RFC 3032, 2.1: the bottom of the stack says nothing of what follows, so the first nibble does. */
    private static long mpls(Packet packet, int offset) {
        DirectBuffer bytes = packet.bytes;
        if (offset + MPLS_LABEL >= bytes.capacity()) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        int payload = offset + MPLS_LABEL;
        boolean bottom = (Wire.u8(bytes, offset + 2) & 1) != 0;
        if (!bottom) {
            return Layer.of(EtherType.MPLS_UNICAST, payload);
        }
        return switch (Wire.u8(bytes, payload) >> 4) {
            case 4, 6 -> Layer.of(EtherType.IP, payload);
            case 0 -> Layer.of(EtherType.ETHERNET, payload + MPLS_LABEL); // control word (RFC 4448, 4.6)
            default -> Layer.of(EtherType.ETHERNET, payload);
        };
    }

    /** RFC 1661, 2 and 6.5: one or two bytes of protocol, after an optional address and control. */
    private static long ppp(Packet packet, int offset) {
        DirectBuffer bytes = packet.bytes;
        if (offset + 4 > bytes.capacity()) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        int at = Wire.u16(bytes, offset) == 0xff03 ? offset + 2 : offset;
        boolean compressed = (Wire.u8(bytes, at) & 1) != 0;
        int protocol = compressed ? Wire.u8(bytes, at) : Wire.u16(bytes, at);
        int payload = at + (compressed ? 1 : 2);
        boolean isIp = protocol == PPP_IPV4 || protocol == PPP_IPV6;
        return isIp ? Layer.of(EtherType.IP, payload) : Layer.failed(Undecodable.NOT_IP);
    }

    /** RFC 8300, 2.2. */
    private static long nsh(Packet packet, int offset) {
        DirectBuffer bytes = packet.bytes;
        if (offset + NSH_BASE_HEADER > bytes.capacity()) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        int payload = offset + Math.max(NSH_BASE_HEADER, (Wire.u8(bytes, offset + 1) & 0x3f) * 4);
        return switch (Wire.u8(bytes, offset + 3)) {
            case 1, 2 -> Layer.of(EtherType.IP, payload);
            case 3 -> Layer.of(EtherType.ETHERNET, payload);
            case 4 -> Layer.of(EtherType.NSH, payload);
            case 5 -> Layer.of(EtherType.MPLS_UNICAST, payload);
            default -> Layer.failed(Undecodable.NOT_IP);
        };
    }

    /** The last bit of the header says whether a platform subheader follows (draft-foschiano-erspan, 4.3). */
    private static long erspan3(Packet packet, int offset) {
        if (offset + ERSPAN_III_HEADER > packet.bytes.capacity()) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        boolean platform = (Wire.u8(packet.bytes, offset + ERSPAN_III_HEADER - 1) & 1) != 0;
        return Layer.of(EtherType.ETHERNET, offset + ERSPAN_III_HEADER + (platform ? ERSPAN_III_PLATFORM : 0));
    }
}
