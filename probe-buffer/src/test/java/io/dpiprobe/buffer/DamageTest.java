// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was damaged on disk is lost, exactly that, and counted; everything else arrives. */
class DamageTest {
    private static final int EVENTS = 2000;
    private static final int EVENTS_PER_BLOCK = (64 << 10) / (Probe.EVENT_BYTES + 1);

    @TempDir(factory = InMemory.class)
    private Path temp;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void aFlippedBitCostsAtMostItsBlock(long seed) throws Exception {
        long lost = lostTo(dir -> {
            Path file = openFile(dir);
            Random random = new Random(seed);
            long at = (long) (random.nextDouble() * usedBytes(file));
            flip(file, at, 1 << random.nextInt(8));
        });
        assertThat(lost).isIn(0L, (long) EVENTS_PER_BLOCK, (long) EVENTS % EVENTS_PER_BLOCK);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aZeroedPageCostsAtMostTheTwoBlocksItTouches(long seed) throws Exception {
        long lost = lostTo(dir -> {
            Path file = openFile(dir);
            long pages = usedBytes(file) / 4096;
            overwrite(file, new Random(seed).nextLong(pages) * 4096, new byte[4096]);
        });
        assertThat(lost).isLessThanOrEqualTo(2L * EVENTS_PER_BLOCK);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void garbageOverManyBlocksCostsOnlyThose(long seed) throws Exception {
        byte[] garbage = new byte[200_000];
        new Random(seed).nextBytes(garbage);
        long lost = lostTo(dir -> {
            Path file = openFile(dir);
            overwrite(file, new Random(seed).nextLong(usedBytes(file) - garbage.length), garbage);
        });
        assertThat(lost).isBetween(EVENTS_PER_BLOCK * 2L, EVENTS_PER_BLOCK * 8L);
    }

    @Test
    void aFlippedBitInEachByteOfTheFirstBlocksHeadCostsAtMostThatBlock() throws Exception {
        for (int i = 0; i < 76; i++) {
            int at = i;
            long lost = lostTo(dir -> {
                Path file = openFile(dir);
                flip(file, offsetOfFirstBlock(file) - 4 + at, 1 << (at % 8));
            });
            assertThat(lost).as("byte %d", at).isIn(0L, (long) EVENTS_PER_BLOCK);
        }
    }

    @Test
    void aFileCutOffAtAnyPlaceIsReadUpToThere() throws Exception {
        for (double share : new double[] {0, 0.001, 0.1, 0.33, 0.5, 0.77, 0.999}) {
            Survey survey = survey(dir -> {
                Path file = openFile(dir);
                cut(file, (long) (usedBytes(file) * share));
            });
            assertThat(survey.arrived)
                    .isEqualTo(LongStream.rangeClosed(1, survey.arrived.size())
                            .boxed()
                            .toList());
            assertThat(survey.arrived.size()).isGreaterThanOrEqualTo((int) (EVENTS * share) - EVENTS_PER_BLOCK);
        }
    }

    @Test
    void aFinishedFileCutOffLosesCountedWhatItsNameSaysItHad() throws Exception {
        try (Probe probe = new Probe(temp.resolve("a"))) {
            probe.offer(Lane.HIGH, EVENTS);
            probe.restart("0000bbbb");
            probe.crash(temp.resolve("b"), "0000cccc", dir -> {
                Path file = finishedFile(dir);
                cut(file, Files.size(file) / 2);
            });
            List<Long> arrived = probe.deliver(Lane.HIGH);
            LaneLedger ledger = probe.ledger().lane(Lane.HIGH);
            assertThat(arrived).hasSizeBetween(EVENTS / 3, EVENTS / 2);
            assertThat(ledger.dropped(DropReason.CORRUPT)).isEqualTo(EVENTS - arrived.size());
            assertThat(probe.buffer().stats().corruptBlocks()).isPositive();
        }
    }

    @Test
    void lostAckStateMeansSendingAgain() throws Exception {
        try (Probe probe = new Probe(temp.resolve("a"))) {
            probe.offer(Lane.HIGH, EVENTS);
            probe.spillWithCoreAway();
            Batch first = probe.take();
            probe.buffer().settle(first, Settlement.acked(first));
            probe.restart("0000bbbb");
            probe.crash(temp.resolve("b"), "0000cccc", dir -> overwrite(dir.resolve("acks"), 0, new byte[8192]));
            assertThat(probe.deliver(Lane.HIGH))
                    .isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
        }
    }

    @Test
    void oneTornSlotOfTheAckStateLeavesTheOther() throws Exception {
        for (int slot = 0; slot < 2; slot++) {
            long at = slot * 4096L + 100;
            Path a = temp.resolve("a" + slot);
            try (Probe probe = new Probe(a)) {
                probe.offer(Lane.HIGH, EVENTS);
                probe.spillWithCoreAway();
                Batch first = probe.take();
                probe.buffer().settle(first, Settlement.acked(first));
                probe.restart("0000bbbb");
                probe.crash(temp.resolve("b" + slot), "0000cccc", dir -> flip(dir.resolve("acks"), at, 1));
                Set<Long> arrived = new HashSet<>(probe.deliver(Lane.HIGH));
                assertThat(arrived)
                        .containsAll(LongStream.rangeClosed(first.lastSeq() + 1, EVENTS)
                                .boxed()
                                .toList());
            }
        }
    }

    @Test
    void strangeFilesDoNotKeepItFromStarting() throws Exception {
        try (Probe probe = new Probe(temp.resolve("a"))) {
            probe.offer(Lane.HIGH, EVENTS);
            probe.restart("0000bbbb");
            probe.crash(temp.resolve("b"), "0000cccc", dir -> {
                Path high = dir.resolve("high");
                Files.writeString(high.resolve("metadata.cq4t"), "nonsense");
                Files.writeString(high.resolve("20260101-000000.cq4"), "nonsense");
                Files.writeString(high.resolve("20270101-000000.cq4"), "");
                Files.writeString(high.resolve("nonsense.cq4"), "nonsense");
                Files.writeString(high.resolve("19700101-000100.precreated"), "nonsense");
                Files.writeString(high.resolve("0000000099.77.blocks"), "nonsense");
                Files.createDirectory(high.resolve("0000000100.77.blocks"));
                Files.createSymbolicLink(high.resolve("0000000101.7.blocks"), Path.of("/nowhere"));
            });
            assertThat(probe.deliver(Lane.HIGH))
                    .isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
        }
    }

    @Test
    void aFileThatStillHasTheNameOfItsAllocationIsRead() throws Exception {
        Survey survey = survey(dir -> {
            Path file = openFile(dir);
            Files.move(file, file.resolveSibling("19700101-000001.precreated"));
        });
        assertThat(survey.arrived)
                .isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
    }

    @Test
    void aFileDeletedWhileRunningIsCounted() throws Exception {
        try (Probe probe = new Probe(temp.resolve("a"))) {
            probe.offer(Lane.HIGH, EVENTS);
            probe.restart("0000bbbb");
            Files.delete(finishedFile(temp.resolve("a")));
            probe.offer(Lane.HIGH, EVENTS);
            assertThat(probe.deliver(Lane.HIGH)).hasSize(EVENTS);
            assertThat(probe.ledger().lane(Lane.HIGH).dropped(DropReason.IO_ERROR))
                    .isEqualTo(EVENTS);
        }
    }

    private record Survey(List<Long> arrived, long corrupt) {}

    private long lostTo(Probe.Damage damage) throws Exception {
        Survey survey = survey(damage);
        long lost = (long) EVENTS - survey.arrived.size();
        assertThat(survey.arrived).doesNotHaveDuplicates().isSorted();
        // A block at the very end leaves no trace when nothing after it says that it was there.
        assertThat(survey.corrupt).isIn(lost, lost - EVENTS % EVENTS_PER_BLOCK, lost - EVENTS_PER_BLOCK);
        return lost;
    }

    /** Crashes with everything on disk, damages the file that was open, and sees what arrives after the restart. */
    private Survey survey(Probe.Damage damage) throws Exception {
        Path base = Files.createTempDirectory(temp, "survey");
        try (Probe probe = new Probe(base.resolve("a"))) {
            probe.offer(Lane.HIGH, EVENTS);
            probe.spillWithCoreAway();
            probe.crash(base.resolve("b"), "0000bbbb", damage);
            List<Long> arrived = probe.deliver(Lane.HIGH);
            return new Survey(arrived, probe.ledger().lane(Lane.HIGH).dropped(DropReason.CORRUPT));
        }
    }

    private static Path openFile(Path dir) throws IOException {
        return only(dir.resolve("high"), ".cq4");
    }

    private static Path finishedFile(Path dir) throws IOException {
        return only(dir.resolve("high"), ".blocks");
    }

    private static Path only(Path dir, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(suffix)).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    /** The file is allocated as a whole; the rest of it is zeros. */
    private static long usedBytes(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static long offsetOfFirstBlock(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = 0;
        while (bytes[at] != 'D' || bytes[at + 1] != 'P' || bytes[at + 2] != 'B' || bytes[at + 3] != '1') {
            at += 4;
        }
        return at;
    }

    private static void flip(Path file, long at, int bits) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ bits)).rewind();
            channel.write(one, at);
        }
    }

    private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private static void cut(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }
}
