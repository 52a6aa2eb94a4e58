// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the link, network and transport headers of a packet. Keeps nothing between packets, never allocates.
 *
 * <p>The captured bytes may be fewer than the packet had; a header that is cut off makes it undecodable, a payload that
 * is cut off is noted as missing.
 */
public final class Decoder {
    /** Headers below transport that are followed: deeper nesting is an attack, not a network. */
    static final int MAX_LAYERS = 16;

    private static final int ETHERNET_HEADER = 14;
    private static final int SLL_HEADER = 16;
    private static final int SLL2_HEADER = 20;
    private static final int NULL_HEADER = 4;

    private final IpDecoder ip = new IpDecoder();

    /**
     * Fills {@code packet}.
     *
     * @param linkType LINKTYPE_ value
     * @return why it could not, or null
     */
    public @Nullable Undecodable decode(DirectBuffer bytes, int linkType, Packet packet) {
        packet.clear(bytes);
        return switch (linkType) {
            case LinkType.ETHERNET -> ethernet(packet);
            case LinkType.LINUX_SLL -> ether(packet, SLL_HEADER, SLL_HEADER - 2);
            case LinkType.LINUX_SLL2 -> ether(packet, SLL2_HEADER, 0);
            case LinkType.NULL, LinkType.LOOP -> ip.decode(packet, NULL_HEADER);
            case LinkType.RAW, LinkType.DLT_RAW, LinkType.DLT_RAW_OPENBSD, LinkType.IPV4, LinkType.IPV6 ->
                ip.decode(packet, 0);
            default -> Undecodable.UNKNOWN_LINK_TYPE;
        };
    }

    private @Nullable Undecodable ethernet(Packet packet) {
        return ether(packet, ETHERNET_HEADER, ETHERNET_HEADER - 2);
    }

    /** Follows the EtherType at {@code typeAt}, whose payload begins at {@code payloadAt}, through VLAN tags. */
    private @Nullable Undecodable ether(Packet packet, int payloadAt, int typeAt) {
        DirectBuffer bytes = packet.bytes;
        int offset = payloadAt;
        int at = typeAt;
        for (int layer = 0; layer < MAX_LAYERS; layer++) {
            if (offset > bytes.capacity()) {
                return Undecodable.TRUNCATED;
            }
            int type = Wire.u16(bytes, at);
            if (!EtherType.isVlan(type)) {
                boolean isIp = type == EtherType.IPV4 || type == EtherType.IPV6;
                return isIp ? ip.decode(packet, offset) : Undecodable.NOT_IP;
            }
            if (offset + 4 > bytes.capacity()) {
                return Undecodable.TRUNCATED;
            }
            addVlan(packet, Wire.u16(bytes, offset) & 0x0fff);
            at = offset + 2;
            offset += 4;
        }
        return Undecodable.TOO_DEEP;
    }

    private static void addVlan(Packet packet, int id) {
        if (packet.vlanCount < Packet.MAX_VLANS) {
            packet.vlans[packet.vlanCount++] = id;
        }
    }
}
