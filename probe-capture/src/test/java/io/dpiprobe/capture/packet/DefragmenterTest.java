// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DefragmenterTest {
    private final Decoder decoder = new Decoder(Checksums.IGNORED);
    private final Defragmenter defragmenter = new Defragmenter();
    private final Packet packet = new Packet();

    @Test
    void putsFragmentsTogetherInAnyOrder() {
        byte[] datagram = udp(3000);
        for (boolean v4 : new boolean[] {true, false}) {
            long seed = System.nanoTime();
            for (int round = 0; round < 50; round++) {
                List<byte[]> fragments = fragments(v4, round, datagram, 1480);
                Collections.shuffle(fragments, new Random(seed + round));
                for (int i = 0; i < fragments.size() - 1; i++) {
                    assertThat(add(fragments.get(i), 0)).isNull();
                }
                assertWhole(add(fragments.get(fragments.size() - 1), 0), datagram);
            }
        }
    }

    @Test
    void keepsTheBytesThatCameFirstWhereFragmentsOverlap() {
        byte[] datagram = udp(64);
        byte[] forged = datagram.clone();
        Arrays.fill(forged, 8, forged.length, (byte) 0xee);

        add(fragment(true, 1, datagram, 0, 32), 0);
        add(fragment(true, 1, forged, 16, 56), 0);
        DirectBuffer whole = add(fragment(true, 1, datagram, 56, 72), 0);

        assertThat(decoder.decodeReassembled(whole(whole), packet)).isNull();
        byte[] payload = new byte[packet.payloadLength()];
        packet.bytes().getBytes(packet.payloadOffset(), payload);
        assertThat(Arrays.copyOf(payload, 24)).isEqualTo(Arrays.copyOfRange(datagram, 8, 32));
        assertThat(Arrays.copyOfRange(payload, 24, 48)).containsOnly(0xee);
    }

    @Test
    void keepsPacketsApartByIdentification() {
        byte[] datagram = udp(64);
        add(fragment(true, 1, datagram, 0, 32), 0);
        assertThat(add(fragment(true, 2, datagram, 32, 72), 0)).isNull();
    }

    @Test
    @Tag("limit:Defragmenter.TIMEOUT_NS")
    void forgetsWhatWaitedTooLong() {
        byte[] datagram = udp(64);
        add(fragment(true, 1, datagram, 0, 32), 0);

        assertThat(add(fragment(true, 1, datagram, 32, 72), Defragmenter.TIMEOUT_NS + 1))
                .isNull();
        assertThat(defragmenter.dropped()).isEqualTo(1);
    }

    @Test
    void forgetsTheOverdueWhenAnotherPacketBegins() {
        byte[] datagram = udp(64);
        for (int id = 0; id < 5; id++) {
            add(fragment(true, id, datagram, 0, 32), id);
        }
        add(fragment(true, 9, datagram, 0, 32), Defragmenter.TIMEOUT_NS + 3);
        assertThat(defragmenter.dropped()).isEqualTo(3);
    }

    @Test
    void forgetsWhatAClockThatIsSetBackHasLeftInTheFuture() {
        byte[] datagram = udp(64);
        add(fragment(true, 1, datagram, 0, 32), 2 * Defragmenter.TIMEOUT_NS);
        add(fragment(true, 2, datagram, 0, 32), 0);
        assertThat(defragmenter.dropped()).isEqualTo(1);
    }

    /** A soak found 14 MB in such buffers, for good. */
    @Test
    void givesBackWhatALargePacketNeeded() {
        Fragments fragments = new Fragments();
        int small = fragments.bytes().length;
        fragments.reset();
        fragments.add(60_000, new UnsafeBuffer(new byte[64]), 0, 64, false);
        assertThat(fragments.bytes().length).isGreaterThan(60_000);
        fragments.reset();
        assertThat(fragments.bytes()).hasSize(small);
    }

    @Test
    @Tag("limit:Defragmenter.MAX_PACKETS")
    void holdsABoundedNumberOfPackets() {
        byte[] datagram = udp(64);
        for (int id = 0; id <= Defragmenter.MAX_PACKETS; id++) {
            add(fragment(true, id, datagram, 0, 32), 0);
        }
        assertThat(defragmenter.dropped()).isEqualTo(1);
        assertThat(add(fragment(true, 0, datagram, 32, 72), 0)).isNull();
    }

    @Test
    void refusesFragmentsThatEndBehindTheLargestPacket() {
        byte[] datagram = udp(64);
        byte[] frame = fragment(true, 1, datagram, 0, 72);
        frame[20] = 0x1f;
        frame[21] = (byte) 0xff; // the highest offset there is

        assertThat(add(frame, 0)).isNull();
        assertThat(defragmenter.reassembled()).isZero();
    }

    private static byte[] udp(int payload) {
        ByteBuffer datagram = ByteBuffer.allocate(8 + payload);
        datagram.putShort((short) 1000)
                .putShort((short) 2000)
                .putShort((short) (8 + payload))
                .putShort((short) 0);
        for (int i = 0; i < payload; i++) {
            datagram.put((byte) (i * 7));
        }
        return datagram.array();
    }

    private static List<byte[]> fragments(boolean v4, int id, byte[] datagram, int size) {
        List<byte[]> fragments = new ArrayList<>();
        for (int from = 0; from < datagram.length; from += size) {
            int to = Math.min(datagram.length, from + size);
            fragments.add(fragment(v4, id, datagram, from, to));
        }
        return fragments;
    }

    private static byte[] fragment(boolean v4, int id, byte[] whole, int from, int to) {
        boolean more = to < whole.length;
        byte[] piece = Arrays.copyOfRange(whole, from, to);
        if (v4) {
            byte[] frame = PacketBytes.from("10.0.0.1", 0).to("10.0.0.2", 0).ip(IpProtocol.UDP, piece);
            ByteBuffer.wrap(frame).putShort(18, (short) id).putShort(20, (short) (from / 8 | (more ? 0x2000 : 0)));
            return frame;
        }
        ByteBuffer extended = ByteBuffer.allocate(8 + piece.length);
        extended.put((byte) IpProtocol.UDP).put((byte) 0).putShort((short) (from | (more ? 1 : 0)));
        extended.putInt(id).put(piece);
        return PacketBytes.from("fe80:0:0:0:0:0:0:1", 0)
                .to("fe80:0:0:0:0:0:0:2", 0)
                .ip(IpProtocol.IPV6_FRAG, extended.array());
    }

    private @Nullable DirectBuffer add(byte[] frame, long timeNs) {
        packet.header(timeNs, 1, frame.length);
        assertThat(decoder.decode(new UnsafeBuffer(frame), LinkType.ETHERNET, packet))
                .isEqualTo(Undecodable.FRAGMENT);
        return defragmenter.add(packet);
    }

    private void assertWhole(@Nullable DirectBuffer whole, byte[] datagram) {
        assertThat(decoder.decodeReassembled(whole(whole), packet)).isNull();
        byte[] payload = new byte[packet.payloadLength()];
        packet.bytes().getBytes(packet.payloadOffset(), payload);
        assertThat(packet.dstPort()).isEqualTo(2000);
        assertThat(payload).isEqualTo(Arrays.copyOfRange(datagram, 8, datagram.length));
    }

    private static DirectBuffer whole(@Nullable DirectBuffer whole) {
        if (whole == null) {
            throw new AssertionError("the packet is not complete");
        }
        return whole;
    }
}
