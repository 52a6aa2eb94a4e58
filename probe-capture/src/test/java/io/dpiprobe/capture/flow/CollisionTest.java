// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.Decoder;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.packet.PacketBytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Flows that are chosen to meet in one place of the table, which would then be searched from end to end. */
class CollisionTest {
    private static final int SLOTS = 1024;
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final Decoder decoder = new Decoder(Checksums.IGNORED);

    @Test
    void flowsThatMeetUnderOneSeedDoNotUnderAnother() {
        Random random = new Random(7);
        List<Packet> meeting = new ArrayList<>();
        while (meeting.size() < 200) {
            int host = random.nextInt(1 << 24);
            String source = "10." + (host >> 16) + "." + (host >> 8 & 255) + "." + (host & 255);
            Packet packet = packet(source, random.nextInt(1 << 16), "192.0.2.1");
            if (FlowKey.hash(packet, 0) % SLOTS == 0) {
                meeting.add(packet);
            }
        }
        for (long seed = 1; seed < 20; seed++) {
            assertThat(fullest(meeting, seed)).as("seed %d", seed).isLessThan(8);
        }
        assertThat(fullest(meeting, 0)).isEqualTo(200);
    }

    /**
     * Whoever has a network of IPv6 chooses 64 bits of each address. These undid what the port added, whatever the seed:
     * all were one place of the table.
     */
    @Test
    void anAddressCannotUndoThePort() {
        List<Packet> crafted = new ArrayList<>();
        for (int port = 1; port <= 5000; port++) {
            long low = (0x1234_5678_9abc_def0L ^ (long) port << 48 ^ port) * inverse(MULTIPLIER);
            String source = "2001:db8:0:1:%x:%x:%x:%x"
                    .formatted(low >>> 48, low >>> 32 & 0xffff, low >>> 16 & 0xffff, low & 0xffff);
            crafted.add(packet(source, port, "2001:db8:0:2:0:0:0:1"));
        }
        for (long seed = 0; seed < 5; seed++) {
            Set<Integer> hashes = new HashSet<>();
            for (Packet packet : crafted) {
                hashes.add(FlowKey.hash(packet, seed));
            }
            assertThat(hashes).hasSizeGreaterThan(4990);
            assertThat(fullest(crafted, seed)).isLessThan(25);
        }
    }

    /** Modulo 2^64, by Newton's method. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    /** How many have the same place. */
    private static int fullest(List<Packet> packets, long seed) {
        int[] counts = new int[SLOTS];
        int most = 0;
        for (Packet packet : packets) {
            most = Math.max(most, ++counts[FlowKey.hash(packet, seed) & SLOTS - 1]);
        }
        return most;
    }

    private Packet packet(String source, int port, String destination) {
        byte[] frame = PacketBytes.from(source, port).to(destination, 443).udp(new byte[1]);
        Packet packet = new Packet();
        assertThat(decoder.decode(new UnsafeBuffer(frame), LinkType.ETHERNET, packet))
                .isNull();
        return packet;
    }
}
