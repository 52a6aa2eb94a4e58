// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.app.demo.SampleProbe;
import io.dpiprobe.capture.PacketPipelineFailures;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.source.CaptureFiles;
import io.dpiprobe.capture.source.PacketSource;
import io.dpiprobe.capture.source.RawPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducersTest {
    @TempDir
    private Path temp;

    private static RawPacket packet(int number, int length) {
        return new RawPacket()
                .wrap(new UnsafeBuffer(new byte[length]), 0, length)
                .header(1_700_000_000_000_000_001L + number, length, LinkType.ETHERNET);
    }

    @Test
    void savesThePacketAtWhichADissectorFails() throws Exception {
        Path dir = temp.resolve("failures");
        try (Reproducers reproducers = new Reproducers(dir)) {
            byte[] frame = PacketPipelineFailures.play(reproducers);
            SampleProbe.await("it is saved", () -> reproducers.saved() == 1);

            List<String> seen = new ArrayList<>();
            try (PacketSource source = CaptureFiles.open(files(dir).get(0))) {
                source.poll(raw -> seen.add(hex(raw)), 10);
            }
            assertThat(seen).containsExactly(java.util.HexFormat.of().formatHex(frame));
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(files(dir).get(0))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir)))
                .isEqualTo("rwx------");
    }

    private static String hex(RawPacket raw) {
        byte[] bytes = new byte[raw.capturedLength()];
        raw.bytes().getBytes(0, bytes);
        return java.util.HexFormat.of().formatHex(bytes);
    }

    @Test
    void savesNothingUnlessAsked() throws IOException {
        try (Reproducers reproducers = new Reproducers(null)) {
            reproducers.onPacket(packet(0, 60));
            assertThat(reproducers.saved()).isZero();
        }
        assertThat(files(temp)).isEmpty();
    }

    @Test
    @Tag("limit:Reproducers.MAX_FILES")
    void savesNoMoreFilesThanItsLimitAlsoOverRuns() throws Exception {
        for (int run = 0; run < 2; run++) {
            try (Reproducers reproducers = new Reproducers(temp)) {
                for (int i = 0; i < 15; i++) {
                    long before = reproducers.saved();
                    reproducers.onPacket(packet(100 * run + i, 60));
                    int expected = Math.min(15 * run + i + 1, Reproducers.MAX_FILES);
                    SampleProbe.await("written or refused", () -> files(temp).size() == expected);
                    assertThat(reproducers.saved()).isBetween(before, before + 1);
                }
            }
        }
        assertThat(files(temp)).hasSize(Reproducers.MAX_FILES);
    }

    @Test
    @Tag("limit:Reproducers.MAX_PACKET_BYTES")
    void cutsLongPackets() throws Exception {
        try (Reproducers reproducers = new Reproducers(temp)) {
            reproducers.onPacket(packet(0, 200_000));
            SampleProbe.await("it is saved", () -> reproducers.saved() == 1);
        }
        assertThat(Files.size(files(temp).get(0))).isEqualTo(40 + Reproducers.MAX_PACKET_BYTES);
    }

    private static List<Path> files(Path dir) {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(".pcap")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
