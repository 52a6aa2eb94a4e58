// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;

/** Reads IPv4 (RFC 791) and IPv6 (RFC 8200) headers and hands what they carry to {@link TransportDecoder}. */
final class IpDecoder {
    static final int IPV4_HEADER = 20;
    static final int IPV6_HEADER = 40;
    private static final int FRAGMENT_HEADER = 8;
    private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;

    private final TransportDecoder transport = new TransportDecoder();

    /** Decodes by the version in the first four bits. */
    long decode(Packet packet, int offset) {
        if (offset >= packet.bytes.capacity()) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        packet.ipOffset = offset;
        return switch (Wire.u8(packet.bytes, offset) >> 4) {
            case 4 -> ipv4(packet, offset);
            case 6 -> ipv6(packet, offset);
            default -> {
                packet.mark(DecodeAnomaly.IPV4_WRONG_IP_VERSION);
                yield Layer.failed(Undecodable.BAD_IP_HEADER);
            }
        };
    }

    private long ipv4(Packet packet, int offset) {
        DirectBuffer bytes = packet.bytes;
        int captured = bytes.capacity() - offset;
        if (captured < IPV4_HEADER) {
            return truncated(packet, DecodeAnomaly.IPV4_PKT_TOO_SMALL);
        }
        int header = (Wire.u8(bytes, offset) & 15) * 4;
        int total = Wire.u16(bytes, offset + 2);
        if (total == 0) {
            total = captured; // segmentation offload leaves the length to the network card
        }
        if (header < IPV4_HEADER || total < header) {
            packet.mark(
                    header < IPV4_HEADER
                            ? DecodeAnomaly.IPV4_HLEN_TOO_SMALL
                            : DecodeAnomaly.IPV4_IPLEN_SMALLER_THAN_HLEN);
            return Layer.failed(Undecodable.BAD_IP_HEADER);
        }
        if (captured < header) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        packet.ipVersion = 4;
        packet.srcHi = 0;
        packet.dstHi = 0;
        packet.srcLo = Wire.u32(bytes, offset + 12);
        packet.dstLo = Wire.u32(bytes, offset + 16);
        packet.protocol = Wire.u8(bytes, offset + 9);
        packet.ipHeaderLength = header;
        packet.ipLength = total;
        if (total > captured && packet.isWhole()) {
            packet.mark(DecodeAnomaly.IPV4_TRUNC_PKT);
        }
        if (header > IPV4_HEADER) {
            Ipv4Options.check(packet, offset + IPV4_HEADER, offset + header);
        }
        if ((Wire.u16(bytes, offset + 6) & MORE_FRAGMENTS_OR_OFFSET) != 0) {
            return Layer.failed(Undecodable.FRAGMENT);
        }
        return transport.decode(packet, offset + header, total - header);
    }

    private long ipv6(Packet packet, int offset) {
        DirectBuffer bytes = packet.bytes;
        if (bytes.capacity() - offset < IPV6_HEADER) {
            return truncated(packet, DecodeAnomaly.IPV6_PKT_TOO_SMALL);
        }
        packet.ipVersion = 6;
        packet.srcHi = Wire.u64(bytes, offset + 8);
        packet.srcLo = Wire.u64(bytes, offset + 16);
        packet.dstHi = Wire.u64(bytes, offset + 24);
        packet.dstLo = Wire.u64(bytes, offset + 32);
        int length = Wire.u16(bytes, offset + 4);
        if (length == 0) {
            length = bytes.capacity() - offset - IPV6_HEADER; // jumbogram or segmentation offload
        }
        packet.ipLength = IPV6_HEADER + length;
        if (packet.ipLength > bytes.capacity() - offset && packet.isWhole()) {
            packet.mark(DecodeAnomaly.IPV6_TRUNC_PKT);
        }
        return extensions(packet, offset + IPV6_HEADER, length, Wire.u8(bytes, offset + 6));
    }

    /** Walks the extension headers (RFC 8200, 4). */
    private long extensions(Packet packet, int offset, int length, int first) {
        DirectBuffer bytes = packet.bytes;
        int at = offset;
        int end = offset + length;
        int next = first;
        for (int layer = 0; layer < Decoder.MAX_LAYERS; layer++) {
            if (!isExtension(next)) {
                packet.protocol = next;
                return transport.decode(packet, at, end - at);
            }
            if (at + FRAGMENT_HEADER > bytes.capacity()) {
                packet.protocol = next;
                return truncated(packet, DecodeAnomaly.IPV6_TRUNC_EXTHDR);
            }
            Ipv6Extensions.check(packet, next, at);
            if (next == IpProtocol.IPV6_FRAG && (Wire.u16(bytes, at + 2) & 0xfff9) != 0) {
                packet.protocol = next;
                packet.ipHeaderLength = at - packet.ipOffset;
                return Layer.failed(Undecodable.FRAGMENT);
            }
            int size = extensionSize(next, Wire.u8(bytes, at + 1));
            next = Wire.u8(bytes, at);
            at += size;
            if (at > end) {
                packet.mark(DecodeAnomaly.IPV6_TRUNC_EXTHDR);
                return Layer.failed(Undecodable.BAD_IP_HEADER);
            }
        }
        packet.mark(DecodeAnomaly.TOO_MANY_LAYERS);
        return Layer.failed(Undecodable.TOO_DEEP);
    }

    /** Bytes are missing: an anomaly if they were not on the wire either. */
    private static long truncated(Packet packet, DecodeAnomaly anomaly) {
        if (packet.isWhole()) {
            packet.mark(anomaly);
        }
        return Layer.failed(Undecodable.TRUNCATED);
    }

    private static boolean isExtension(int protocol) {
        return switch (protocol) {
            case IpProtocol.HOPOPT,
                    IpProtocol.IPV6_ROUTE,
                    IpProtocol.IPV6_FRAG,
                    IpProtocol.IPV6_OPTS,
                    IpProtocol.AH,
                    IpProtocol.MOBILITY,
                    IpProtocol.HIP,
                    IpProtocol.SHIM6 -> true;
            default -> false;
        };
    }

    private static int extensionSize(int protocol, int lengthField) {
        return switch (protocol) {
            case IpProtocol.IPV6_FRAG -> FRAGMENT_HEADER;
            case IpProtocol.AH -> (lengthField + 2) * 4; // RFC 4302, 2.2
            default -> (lengthField + 1) * 8;
        };
    }
}
