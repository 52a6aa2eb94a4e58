// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private static final byte[] PAYLOAD = {1, 2, 3, 4, 5};

    private final Decoder decoder = new Decoder(Checksums.IGNORED);
    private final Packet packet = new Packet();

    @Test
    void readsTcpOverIpv4() {
        assertThat(decode(ipv4().tcp(TcpFlags.PSH | TcpFlags.ACK, 7, -9, PAYLOAD)))
                .isNull();

        assertThat(packet.ipVersion()).isEqualTo(4);
        assertThat(packet.srcLo()).isEqualTo(0x0a000001L);
        assertThat(packet.dstLo()).isEqualTo(0x0a0000feL);
        assertThat(packet.srcPort()).isEqualTo(1234);
        assertThat(packet.dstPort()).isEqualTo(65535);
        assertThat(packet.tcpFlags()).isEqualTo(TcpFlags.PSH | TcpFlags.ACK);
        assertThat(packet.seq()).isEqualTo(7);
        assertThat(packet.ack()).isEqualTo(-9);
        assertPayload();
    }

    @Test
    void readsUdpOverIpv6() {
        assertThat(decode(ipv6().udp(PAYLOAD))).isNull();

        assertThat(packet.ipVersion()).isEqualTo(6);
        assertThat(packet.srcHi()).isEqualTo(0xfe80_0000_0000_0000L);
        assertThat(packet.dstLo()).isEqualTo(2);
        assertThat(packet.protocol()).isEqualTo(IpProtocol.UDP);
        assertPayload();
    }

    @Test
    void walksExtensionHeaders() {
        ByteBuffer headers = ByteBuffer.allocate(8 + 16 + 12);
        headers.put((byte) IpProtocol.IPV6_OPTS).put((byte) 0).position(8); // hop-by-hop
        headers.put((byte) IpProtocol.UDP).put((byte) 1).position(24); // destination options, 16 bytes
        headers.putShort((short) 53)
                .putShort((short) 54)
                .putShort((short) 12)
                .putShort((short) 0)
                .putInt(0x01020304);

        assertThat(decode(ipv6().ip(IpProtocol.HOPOPT, headers.array()))).isNull();
        assertThat(packet.dstPort()).isEqualTo(54);
        assertThat(packet.payloadLength()).isEqualTo(4);
    }

    @Test
    @Tag("limit:Packet.MAX_VLANS")
    void keepsStackedVlanTagsOutermostFirst() {
        assertThat(decode(ipv4().vlans(100, 0xe007, 3, 4).udp(PAYLOAD))).isNull();

        assertThat(packet.vlanCount()).isEqualTo(3);
        assertThat(packet.vlan(0)).isEqualTo(100);
        assertThat(packet.vlan(1)).isEqualTo(7);
        assertThat(packet.vlan(2)).isEqualTo(3);
    }

    @Test
    void readsCookedRawAndLoopbackFrames() {
        byte[] ip = Arrays.copyOfRange(ipv4().udp(PAYLOAD), 14, 14 + 28 + PAYLOAD.length);
        byte[] sll = prefixed(ip, 16, 14);
        byte[] sll2 = prefixed(ip, 20, 0);

        assertThat(decode(sll, LinkType.LINUX_SLL)).isNull();
        assertPayload();
        assertThat(decode(sll2, LinkType.LINUX_SLL2)).isNull();
        assertPayload();
        assertThat(decode(ip, LinkType.RAW)).isNull();
        assertPayload();
        assertThat(decode(prefixed(ip, 4, 2), LinkType.C_HDLC)).isNull();
        assertPayload();
        assertThat(decode(prefixed(ip, 4, 0), LinkType.NULL)).isNull();
        assertPayload();
    }

    @Test
    @Tag("limit:SNAPLEN")
    void notesPayloadThatWasNotCaptured() {
        byte[] frame = ipv4().udp(PAYLOAD);

        assertThat(decode(Arrays.copyOf(frame, frame.length - 2))).isNull();
        assertThat(packet.payloadLength()).isEqualTo(3);
        assertThat(packet.missingPayload()).isEqualTo(2);
    }

    @Test
    void ignoresThePaddingOfShortFrames() {
        byte[] frame = ipv4().udp(PAYLOAD);

        assertThat(decode(Arrays.copyOf(frame, 60))).isNull();
        assertPayload();
    }

    @Test
    void saysWhyAPacketHasNoFlow() {
        byte[] frame = ipv4().tcp(0, 0, 0, PAYLOAD);
        assertThat(decode(changed(frame, 14, 0x35))).isEqualTo(Undecodable.BAD_IP_HEADER);
        assertThat(decode(changed(frame, 14, 0x44))).isEqualTo(Undecodable.BAD_IP_HEADER);
        assertThat(decode(changed(frame, 12, 0x09))).isEqualTo(Undecodable.NOT_IP);
        assertThat(decode(changed(frame, 20, 0x20))).isEqualTo(Undecodable.FRAGMENT);
        assertThat(decode(changed(frame, 46, 0x40))).isEqualTo(Undecodable.BAD_TRANSPORT_HEADER);
        assertThat(decode(changed(frame, 46, 0xf0))).isEqualTo(Undecodable.BAD_TRANSPORT_HEADER);
        assertThat(decode(frame, 9999)).isEqualTo(Undecodable.UNKNOWN_LINK_TYPE);
    }

    @Test
    void readsNoHeaderBeyondTheCapturedBytes() {
        byte[] frame = ipv4().vlans(1).tcp(0, 0, 0, new byte[0]);
        for (int length = 0; length < frame.length; length++) {
            assertThat(decode(Arrays.copyOf(frame, length))).isEqualTo(Undecodable.TRUNCATED);
        }
    }

    @Test
    void survivesAnyBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[][] frames = {ipv4().tcp(2, 1, 1, PAYLOAD), ipv6().udp(PAYLOAD), ipv6().icmp(1, 1, PAYLOAD)};
        int[] links = {LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.NULL, LinkType.RAW};
        for (int round = 0; round < 100_000; round++) {
            byte[] frame = frames[round % frames.length].clone();
            for (int i = 0; i < 4; i++) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
            decode(cut, links[random.nextInt(links.length)]);
            assertThat(packet.payloadOffset() + packet.payloadLength())
                    .as("seed %d round %d", seed, round)
                    .isLessThanOrEqualTo(cut.length);
        }
    }

    private static PacketBytes ipv4() {
        return PacketBytes.from("10.0.0.1", 1234).to("10.0.0.254", 65535);
    }

    private static PacketBytes ipv6() {
        return PacketBytes.from("fe80:0:0:0:0:0:0:1", 1234).to("fe80:0:0:0:0:0:0:2", 53);
    }

    private @Nullable Undecodable decode(byte[] frame) {
        return decode(frame, LinkType.ETHERNET);
    }

    private @Nullable Undecodable decode(byte[] frame, int linkType) {
        return decoder.decode(new UnsafeBuffer(frame), linkType, packet);
    }

    private void assertPayload() {
        byte[] payload = new byte[packet.payloadLength()];
        packet.bytes().getBytes(packet.payloadOffset(), payload);
        assertThat(payload).isEqualTo(PAYLOAD);
        assertThat(packet.missingPayload()).isZero();
    }

    private static byte[] prefixed(byte[] ip, int header, int typeAt) {
        byte[] frame = new byte[header + ip.length];
        frame[typeAt] = 0x08;
        System.arraycopy(ip, 0, frame, header, ip.length);
        return frame;
    }

    private static byte[] changed(byte[] frame, int at, int value) {
        byte[] copy = frame.clone();
        copy[at] = (byte) value;
        return copy;
    }
}
