// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReopeningSourceTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path dir;

    private long nowNs;
    private int opened;

    @Test
    void triesAgainLessAndLessOftenAndAddsUpItsCounters() throws IOException {
        Path file = dir.resolve("some.pcap");
        byte[] whole = new PcapBytes(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, 1)
                .packet(0, 0, new byte[10])
                .bytes();
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length + 1));
        SourceOpener opener = () -> {
            opened++;
            return CaptureFiles.open(file);
        };
        try (PacketSource source = ReopeningSource.open(opener, () -> nowNs)) {
            assertThat(source.poll(packet -> {}, 9)).isZero();
            assertThat(source.counters().captured()).isEqualTo(1);
            Files.delete(file);
            for (int second = 0; second < 3600; second++) {
                assertThat(source.poll(packet -> {}, 9)).isZero();
                assertThat(source.isExhausted()).isFalse();
                nowNs += SECOND;
            }
            assertThat(opened).isBetween(3600 / 30, 3600 / 30 + 6);
            Files.write(file, whole);
            nowNs += 30 * SECOND;
            assertThat(source.poll(packet -> {}, 9)).isEqualTo(1);
            assertThat(source.counters()).isEqualTo(new SourceCounters(2, 20, 0, 0));
        }
    }

    @Test
    void refusesToBeginWithWhatCannotBeOpened() {
        assertThatThrownBy(() -> ReopeningSource.open(() -> CaptureFiles.open(dir.resolve("absent")), () -> nowNs))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void keepsAChangedFilterForWhatItOpensLater() throws IOException {
        List<String> filters = new ArrayList<>();
        try (ReopeningSource source = ReopeningSource.open(() -> new Breaking(filters), () -> nowNs)) {
            source.filter("udp");
            assertThat(source.poll(packet -> {}, 9)).isZero(); // it breaks
            nowNs += 30 * SECOND;
            assertThat(source.poll(packet -> {}, 9)).isZero();
        }
        assertThat(filters).containsExactly("udp", "udp");
    }

    /** Breaks whenever it is polled. */
    private record Breaking(List<String> filters) implements PacketSource {
        @Override
        public int poll(PacketHandler handler, int limit) throws IOException {
            throw new IOException("broken");
        }

        @Override
        public void filter(String expression) {
            filters.add(expression);
        }

        @Override
        public boolean isExhausted() {
            return false;
        }

        @Override
        public SourceCounters counters() {
            return SourceCounters.ZERO;
        }

        @Override
        public void close() {}
    }
}
