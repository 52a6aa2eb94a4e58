// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;

/** Checks one IPv6 extension header (RFC 8200, 4). */
final class Ipv6Extensions {
    private static final int PAD1 = 0;
    private static final int PADN = 1;
    private static final int KNOWN_ROUTER_ALERT = 0x05;
    private static final int KNOWN_JUMBO_PAYLOAD = 0xc2;
    private static final int KNOWN_HOME_ADDRESS = 0xc9;

    private Ipv6Extensions() {}

    /** Marks what is wrong with the header at {@code at}, of which eight bytes are there; it is passed over regardless. */
    static void check(Packet packet, int protocol, int at) {
        switch (protocol) {
            case IpProtocol.IPV6_FRAG -> fragment(packet, at);
            case IpProtocol.IPV6_ROUTE -> {
                if (Wire.u8(packet.bytes, at + 2) == 0) {
                    packet.mark(DecodeAnomaly.IPV6_RH_TYPE_0); // deprecated by RFC 5095
                }
            }
            case IpProtocol.HOPOPT, IpProtocol.IPV6_OPTS -> options(packet, protocol, at);
            default -> {}
        }
    }

    private static void fragment(Packet packet, int at) {
        int field = Wire.u16(packet.bytes, at + 2);
        if ((field & 0xfff9) == 0) {
            packet.mark(DecodeAnomaly.IPV6_EXTHDR_USELESS_FH); // an atomic fragment (RFC 6946)
        }
        if (Wire.u8(packet.bytes, at) == IpProtocol.IPV6_FRAG) {
            packet.mark(DecodeAnomaly.IPV6_EXTHDR_DUPL_FH);
        }
    }

    private static void options(Packet packet, int protocol, int at) {
        DirectBuffer bytes = packet.bytes;
        boolean hopByHop = protocol == IpProtocol.HOPOPT;
        int end = Math.min(bytes.capacity(), at + 8 + 8 * Wire.u8(bytes, at + 1));
        boolean onlyPadding = true;
        int i = at + 2;
        while (i < end) {
            int type = Wire.u8(bytes, i);
            if (type == PAD1) {
                i++;
                continue;
            }
            int length = i + 1 < end ? Wire.u8(bytes, i + 1) : 0;
            if (type == PADN && length == 0) {
                packet.mark(DecodeAnomaly.IPV6_ZERO_LEN_PADN);
            }
            if (type != PADN) {
                onlyPadding = false;
                unlessKnown(packet, type, hopByHop);
            }
            i += 2 + length;
        }
        if (onlyPadding) {
            packet.mark(hopByHop ? DecodeAnomaly.IPV6_HOPOPTS_ONLY_PADDING : DecodeAnomaly.IPV6_DSTOPTS_ONLY_PADDING);
        }
    }

    private static void unlessKnown(Packet packet, int type, boolean hopByHop) {
        boolean known = type == KNOWN_ROUTER_ALERT || type == KNOWN_JUMBO_PAYLOAD || type == KNOWN_HOME_ADDRESS;
        if (!known) {
            packet.mark(hopByHop ? DecodeAnomaly.IPV6_HOPOPTS_UNKNOWN_OPT : DecodeAnomaly.IPV6_DSTOPTS_UNKNOWN_OPT);
        }
    }
}
