// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacedSourceTest {
    private static final long MS = 1_000_000;

    @TempDir
    private Path dir;

    private long nowNs = 5_000 * MS;
    private final List<SeenPacket> seen = new ArrayList<>();

    @Test
    void handsOverEachPacketInItsTime() throws IOException {
        try (PacketSource source = open(1, 0, 10, 10, 25)) {
            assertThat(seenAfterMs(source, 0)).isEqualTo(1);
            assertThat(seenAfterMs(source, 9)).isEqualTo(1);
            assertThat(seenAfterMs(source, 1)).isEqualTo(3);
            assertThat(seenAfterMs(source, 14)).isEqualTo(3);
            assertThat(source.isExhausted()).isFalse();
            assertThat(seenAfterMs(source, 1)).isEqualTo(4);
            source.poll(packet -> {}, 1);
            assertThat(source.isExhausted()).isTrue();
        }
        assertThat(seen)
                .extracting(packet -> packet.bytes().get(0))
                .containsExactly((byte) 0, (byte) 1, (byte) 2, (byte) 3);
    }

    @Test
    void replaysFaster() throws IOException {
        try (PacketSource source = open(10, 0, 1000)) {
            assertThat(seenAfterMs(source, 99)).isEqualTo(1);
            assertThat(seenAfterMs(source, 99)).isEqualTo(1);
            assertThat(seenAfterMs(source, 1)).isEqualTo(2);
        }
    }

    @Test
    @Tag("limit:PacedSource.LONGEST_GAP_NS")
    void beginsAnewWhereTimeJumps() throws IOException {
        try (PacketSource source = open(1, 5000, 0, 10, 2_000_000_000)) {
            assertThat(seenAfterMs(source, 0)).isEqualTo(2);
            assertThat(seenAfterMs(source, 10)).isEqualTo(4);
        }
    }

    @Test
    void handsOverAPacketOutOfOrderAtOnce() throws IOException {
        try (PacketSource source = open(1, 0, 500, 300, 600)) {
            assertThat(seenAfterMs(source, 0)).isEqualTo(1);
            assertThat(seenAfterMs(source, 500)).isEqualTo(3);
            assertThat(seenAfterMs(source, 99)).isEqualTo(3);
            assertThat(seenAfterMs(source, 1)).isEqualTo(4);
        }
    }

    private int seenAfterMs(PacketSource source, int ms) throws IOException {
        nowNs += ms * MS;
        source.poll(packet -> seen.add(SeenPacket.of(packet)), 100);
        return seen.size();
    }

    private PacketSource open(double speed, int... timesMs) throws IOException {
        PcapBytes pcap = new PcapBytes(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, 1);
        for (int i = 0; i < timesMs.length; i++) {
            pcap.packet(timesMs[i] / 1000, timesMs[i] % 1000 * 1000, new byte[] {(byte) i});
        }
        Path file = Files.write(dir.resolve("some.pcap"), pcap.bytes());
        return new PacedSource(CaptureFiles.open(file), speed, () -> nowNs);
    }
}
