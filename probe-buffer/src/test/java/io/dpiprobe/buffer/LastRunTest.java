// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run is told of the one before. {@link KillTest} compares it with what was lost. */
class LastRunTest {
    private static final String FIRST = "0000aaaa";
    private static final String SECOND = "0000bbbb";

    @TempDir
    private Path temp;

    private Path inMemory;

    @BeforeEach
    void makeRuntimeDirectory() throws IOException {
        inMemory = Files.createTempDirectory(Path.of("/dev/shm"), "dpi-probe-test");
    }

    @AfterEach
    void removeRuntimeDirectory() {
        IoUtil.delete(inMemory.toFile(), false);
    }

    @Test
    void aRunThatWasStoppedLeavesNothing() throws IOException {
        try (EventBuffer buffer = open(FIRST)) {
            assertThat(buffer.lastRun()).isEqualTo(LastRun.WAS_STOPPED);
            offer(buffer, Lane.HIGH, 10);
        }
        assertThat(isEmpty(inMemory)).isTrue();
        try (EventBuffer buffer = open(SECOND)) {
            assertThat(buffer.lastRun()).isEqualTo(LastRun.WAS_STOPPED);
            assertThat(buffer.ledger().lane(Lane.HIGH).recovered()).isEqualTo(10);
        }
    }

    @Test
    void countsWhatOnlyMemoryHas() throws Exception {
        try (EventBuffer buffer = open(FIRST)) {
            offer(buffer, Lane.HIGH, 10);
            buffer.sink(0).flush();
            Batch held = Objects.requireNonNull(buffer.poll());
            offer(buffer, Lane.NORMAL, 5);
            buffer.sink(0).flush();
            offer(buffer, Lane.NORMAL, 2);
            assertThat(ifKilled(FIRST))
                    .isEqualTo(new LastRun(
                            LastRun.End.KILLED, FIRST, Map.of(Lane.HIGH, 10L, Lane.NORMAL, 7L, Lane.LOW, 0L)));
            buffer.settle(held, Settlement.acked(held));
            assertThat(ifKilled(FIRST).lostAtMost(Lane.HIGH)).isZero();
            buffer.deliveryUnavailable(true);
            buffer.spillAgent().doWork();
            assertThat(ifKilled(FIRST).lostAtMost(Lane.NORMAL)).isEqualTo(2);
        }
    }

    /** Events on disk stay there, wherever else they are. */
    @Test
    void doesNotCountWhatIsSentFromDisk() throws Exception {
        try (EventBuffer buffer = open(FIRST)) {
            offer(buffer, Lane.HIGH, 10);
        }
        try (EventBuffer buffer = open(SECOND)) {
            buffer.spillAgent().doWork();
            assertThat(buffer.poll()).isNotNull();
            assertThat(ifKilled(SECOND).lostAtMost(Lane.HIGH)).isZero();
        }
    }

    @Test
    void saysWhenItDoesNotKnow() throws Exception {
        try (EventBuffer buffer = open(FIRST)) {
            offer(buffer, Lane.HIGH, 10);
            Path file = CrashRecord.fileOf(inMemory, buffer());
            byte[] counts = Files.readAllBytes(file);
            for (int length = 0; length < counts.length; length++) {
                ByteBuffer torn = ByteBuffer.wrap(Arrays.copyOf(counts, length));
                assertThat(CrashRecord.lostAtMost(torn, FIRST))
                        .as("%d bytes", length)
                        .isEmpty();
            }
            assertThat(ifKilled(SECOND).isLossKnown()).isFalse();
            Files.delete(file);
            assertThat(ifKilled(FIRST).isLossKnown()).isFalse();
        }
    }

    /** On a disk, capture would wait for the page to be written back. */
    @Test
    void keepsNoCountsOnADisk() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("runtime"));
        String kind = Files.getFileStore(disk).type();
        try (EventBuffer buffer = EventBuffer.open(SpillChild.config(buffer(), FIRST, disk))) {
            offer(buffer, Lane.HIGH, 10);
            assertThat(isEmpty(disk)).isEqualTo(!kind.equals("tmpfs"));
        }
    }

    /** What would be told if the run were killed now. */
    private LastRun ifKilled(String epoch) {
        return CrashRecord.read(SpillChild.config(buffer(), "ffffffff", inMemory), epoch);
    }

    private EventBuffer open(String epoch) throws IOException {
        return EventBuffer.open(SpillChild.config(buffer(), epoch, inMemory));
    }

    private static void offer(EventBuffer buffer, Lane lane, int events) {
        for (int i = 0; i < events; i++) {
            Events.offer(buffer.sink(0), 0, lane, 300);
        }
    }

    private Path buffer() {
        return temp.resolve("buffer");
    }

    private static boolean isEmpty(Path dir) throws IOException {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.findAny().isEmpty();
        }
    }
}
