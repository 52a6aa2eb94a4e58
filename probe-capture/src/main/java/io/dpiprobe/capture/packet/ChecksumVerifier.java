// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;

/** Verifies the Internet checksums of IPv4, TCP, UDP and ICMP (RFC 1071) in packets that were captured whole. */
final class ChecksumVerifier {
    private static final int VALID = 0xffff;

    private ChecksumVerifier() {}

    /** Marks the packet and says false if a checksum is wrong. */
    static boolean verify(Packet packet) {
        if (packet.ipVersion == 4 && !isIpv4HeaderValid(packet)) {
            packet.mark(DecodeAnomaly.IPV4_INVALID_CHECKSUM);
            return false;
        }
        if (packet.missing > 0) {
            return true;
        }
        return switch (packet.protocol) {
            case IpProtocol.TCP -> verify(packet, true, DecodeAnomaly.TCP_INVALID_CHECKSUM);
            case IpProtocol.UDP -> isUnused(packet) || verify(packet, true, DecodeAnomaly.UDP_INVALID_CHECKSUM);
            case IpProtocol.ICMP -> verify(packet, false, DecodeAnomaly.ICMPV4_INVALID_CHECKSUM);
            case IpProtocol.ICMPV6 -> verify(packet, true, DecodeAnomaly.ICMPV6_INVALID_CHECKSUM);
            default -> true;
        };
    }

    private static boolean isIpv4HeaderValid(Packet packet) {
        return fold(sum(packet.bytes, packet.ipOffset, packet.ipHeaderLength)) == VALID;
    }

    /** RFC 768: zero means that the sender computed none, which IPv6 forbids (RFC 8200, 8.1). */
    private static boolean isUnused(Packet packet) {
        return packet.ipVersion == 4 && Wire.u16(packet.bytes, packet.transportOffset + 6) == 0;
    }

    private static boolean verify(Packet packet, boolean pseudoHeader, DecodeAnomaly anomaly) {
        int length = packet.payloadOffset + packet.payloadLength - packet.transportOffset;
        long sum = sum(packet.bytes, packet.transportOffset, length);
        if (pseudoHeader) {
            sum += addresses(packet) + packet.protocol + length;
        }
        if (fold(sum) == VALID) {
            return true;
        }
        packet.mark(anomaly);
        return false;
    }

    private static long addresses(Packet packet) {
        return words(packet.srcHi) + words(packet.srcLo) + words(packet.dstHi) + words(packet.dstLo);
    }

    private static long words(long eightBytes) {
        return (eightBytes >>> 48)
                + (eightBytes >>> 32 & 0xffff)
                + (eightBytes >>> 16 & 0xffff)
                + (eightBytes & 0xffff);
    }

    private static long sum(DirectBuffer bytes, int offset, int length) {
        long sum = 0;
        int at = offset;
        int end = offset + length;
        for (; at + 4 <= end; at += 4) {
            sum += Wire.u32(bytes, at);
        }
        if (at + 2 <= end) {
            sum += Wire.u16(bytes, at);
            at += 2;
        }
        return at < end ? sum + (Wire.u8(bytes, at) << 8) : sum;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >> 16 != 0) {
            folded = (folded >> 16) + (folded & 0xffff);
        }
        return (int) folded;
    }
}
