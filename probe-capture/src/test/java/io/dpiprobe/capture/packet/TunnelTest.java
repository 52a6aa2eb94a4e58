// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TunnelTest {
    private static final byte[] INNER_FRAME =
            PacketBytes.from("192.168.1.1", 1111).to("192.168.1.2", 2222).udp(new byte[] {1, 2, 3});
    private static final byte[] INNER_IP = Arrays.copyOfRange(INNER_FRAME, 14, INNER_FRAME.length);

    private final Decoder decoder = new Decoder(Checksums.IGNORED);
    private final Packet packet = new Packet();

    @Test
    void passesOverHeadersThatAreNoConversation() {
        assertInner(etherType("8847", "00064040 000651ff", INNER_IP)); // MPLS, two labels
        assertInner(etherType("8864", "1100 0001 0023 0021", INNER_IP)); // PPPoE session, PPP
        assertInner(etherType("894f", "0fc60101 00000100" + "00".repeat(16), INNER_IP)); // NSH, IPv4 inside
        assertInner(outer().ip(IpProtocol.GRE, join("00000800", INNER_IP)));
        assertInner(outer().ip(IpProtocol.GRE, join("b0000800 00000000 00000001 00000002", INNER_IP)));
        assertInner(outer().ip(IpProtocol.GRE, join("00006558", INNER_FRAME)));
        assertInner(outer().ip(IpProtocol.GRE, join("000088be", INNER_FRAME))); // ERSPAN I
        assertInner(outer().ip(IpProtocol.GRE, join("100088be 00000001 1000000000000000", INNER_FRAME))); // II
        assertInner(outer().ip(IpProtocol.GRE, join("100022eb 00000001 200000000000000000000000", INNER_FRAME)));
        assertInner(outer().ip(IpProtocol.GRE, join("3001880b 00230000 00000001 ff030021", INNER_IP))); // PPTP
    }

    @Test
    void showsTunnelsThatAreThemselvesFlowsOneAfterAnother() {
        assertTunnel(outer().ip(IpProtocol.IPV4, INNER_IP), 0);
        assertTunnel(udp(4789, "0800000000000100", INNER_FRAME), 4789);
        assertTunnel(udp(6081, "0140655800000100 00000000", INNER_FRAME), 6081);
        assertTunnel(udp(6081, "0000080000000100", INNER_IP), 6081);
        assertTunnel(udp(2152, "30ff001f00000001", INNER_IP), 2152);
        assertTunnel(udp(2152, "34ff002700000001 00000085 01000000", INNER_IP), 2152);
    }

    @Test
    void readsTeredoBehindItsIndications() {
        byte[] inner = PacketBytes.from("fe80:0:0:0:0:0:0:1", 7)
                .to("fe80:0:0:0:0:0:0:2", 8)
                .udp(new byte[1]);
        byte[] ip = Arrays.copyOfRange(inner, 14, inner.length);

        assertThat(decode(udp(3544, "0001 0000 0000000000000000 00 0000 1234 0a0b0c0d", ip)))
                .isNull();
        assertThat(packet.isTunnel()).isTrue();
        assertThat(decoder.decodeTunnelled(packet)).isNull();
        assertThat(packet.dstPort()).isEqualTo(8);
    }

    @Test
    @Tag("limit:Decoder.MAX_LAYERS")
    void refusesTunnelsNestedBeyondTheLimit() {
        byte[] ip = INNER_IP;
        for (int i = 0; i < Decoder.MAX_LAYERS; i++) {
            byte[] frame = outer().ip(IpProtocol.GRE, join("00000800", ip));
            ip = Arrays.copyOfRange(frame, 14, frame.length);
        }
        assertThat(decoder.decode(new UnsafeBuffer(ip), LinkType.RAW, packet)).isEqualTo(Undecodable.TOO_DEEP);
    }

    @Test
    void survivesEveryTruncation() {
        byte[] gtp = udp(2152, "34ff002700000001 00000085 01000000", INNER_IP);
        byte[] nsh = etherType("894f", "0fc60103 00000100" + "00".repeat(16), INNER_IP);
        for (byte[] frame : new byte[][] {gtp, nsh}) {
            for (int length = 0; length < frame.length; length++) {
                decode(Arrays.copyOf(frame, length));
                while (packet.isTunnel() && decoder.decodeTunnelled(packet) == null) {
                    assertThat(packet.payloadOffset() + packet.payloadLength()).isLessThanOrEqualTo(length);
                }
            }
        }
    }

    private void assertInner(byte[] frame) {
        assertThat(decode(frame)).isNull();
        assertThat(packet.dstPort()).isEqualTo(2222);
        assertThat(packet.payloadLength()).isEqualTo(3);
    }

    private void assertTunnel(byte[] frame, int outerPort) {
        assertThat(decode(frame)).isNull();
        assertThat(packet.dstPort()).isEqualTo(outerPort);
        assertThat(packet.isTunnel()).isTrue();
        assertThat(decoder.decodeTunnelled(packet)).isNull();
        assertThat(packet.dstPort()).isEqualTo(2222);
        assertThat(packet.isTunnel()).isFalse();
        assertThat(packet.wireLength()).isBetween(INNER_IP.length, INNER_FRAME.length);
    }

    private @Nullable Undecodable decode(byte[] frame) {
        packet.header(0, 1, frame.length);
        return decoder.decode(new UnsafeBuffer(frame), LinkType.ETHERNET, packet);
    }

    private static PacketBytes outer() {
        return PacketBytes.from("10.0.0.1", 5000).to("10.0.0.2", 5001);
    }

    private static byte[] udp(int port, String header, byte[] inner) {
        return PacketBytes.from("10.0.0.1", 5000).to("10.0.0.2", port).udp(join(header, inner));
    }

    private static byte[] etherType(String type, String header, byte[] inner) {
        return join("020000000002 020000000001" + type + header, inner);
    }

    private static byte[] join(String hex, byte[] rest) {
        byte[] head = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] whole = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, whole, head.length, rest.length);
        return whole;
    }
}
