// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.BufferStats.DiskState;
import io.dpiprobe.buffer.FailingDisk.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Makes the disk refuse what the buffer asks of it. */
class FailingDiskTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int ROUNDS = 30;

    @TempDir(factory = InMemory.class)
    private Path temp;

    @ParameterizedTest
    @EnumSource
    void losesNothingWhileOneOperationAlwaysFails(Operation operation) throws Exception {
        FailingDisk disk = new FailingDisk(new Random(SEED));
        try (Probe probe = new Probe(temp.resolve("buffer"), disk)) {
            disk.refuse(EnumSet.of(operation), 1);
            play(probe, disk, Set.of(operation));
        }
    }

    @Test
    void losesNothingWhileAnythingMayFail() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Random random = new Random(SEED + i);
            FailingDisk disk = new FailingDisk(random);
            try (Probe probe = new Probe(temp.resolve("buffer" + i), disk)) {
                disk.refuse(EnumSet.allOf(Operation.class), random.nextDouble());
                play(probe, disk, EnumSet.allOf(Operation.class));
            }
        }
    }

    @Test
    void saysThatTheDiskIsFullAndComesBackByItself() throws Exception {
        FailingDisk disk = new FailingDisk(new Random(SEED));
        try (Probe probe = new Probe(temp.resolve("buffer"), disk)) {
            disk.refuse(EnumSet.of(Operation.ALLOCATE), 1);
            probe.offer(Lane.HIGH, 500);
            probe.spillWithCoreAway();
            assertThat(probe.buffer().stats().diskState()).isEqualTo(DiskState.DISK_FULL);
            assertThat(probe.ledger().lane(Lane.HIGH).inMemory()).isEqualTo(500);

            disk.refuse(Set.of(), 0);
            probe.advance(Duration.ofSeconds(2));
            probe.spillWithCoreAway();
            assertThat(probe.buffer().stats().diskState()).isEqualTo(DiskState.READY);
            assertThat(probe.ledger().lane(Lane.HIGH).onDisk()).isEqualTo(500);
        }
    }

    @Test
    void writesNothingMoreToAFileThatCouldNotBeForced() throws Exception {
        FailingDisk disk = new FailingDisk(new Random(SEED));
        try (Probe probe = new Probe(temp.resolve("buffer"), disk)) {
            disk.refuse(EnumSet.of(Operation.FORCE), 1);
            probe.offer(Lane.HIGH, 100);
            probe.spillWithCoreAway();
            probe.advance(Duration.ofSeconds(1));
            probe.spillWithCoreAway();
            assertThat(probe.buffer().stats().syncErrors()).isPositive();

            disk.refuse(Set.of(), 0);
            probe.offer(Lane.HIGH, 100);
            probe.spillWithCoreAway();
            assertThat(probe.buffer().stats().disk().laneBytes())
                    .as("a second file")
                    .hasEntrySatisfying(Lane.HIGH, bytes -> assertThat(bytes).isGreaterThan(2_500_000));
            assertThat(probe.deliver(Lane.HIGH)).hasSize(200);
        }
    }

    @Test
    void countsAFileThatCannotBeDeletedUntilItIs() throws Exception {
        FailingDisk disk = new FailingDisk(new Random(SEED));
        try (Probe probe = new Probe(temp.resolve("buffer"), disk)) {
            probe.offer(Lane.HIGH, 1000);
            probe.spillWithCoreAway();
            disk.refuse(EnumSet.of(Operation.DELETE), 1);
            assertThat(probe.deliver(Lane.HIGH)).hasSize(1000);
            probe.advance(Duration.ofSeconds(2));
            probe.spill();
            assertThat(probe.buffer().stats().disk().usedBytes()).isPositive();

            disk.refuse(Set.of(), 0);
            probe.advance(Duration.ofSeconds(2));
            probe.spill();
            assertThat(probe.buffer().stats().disk().usedBytes()).isZero();
        }
    }

    @Test
    void givesUpNoMoreFilesWhenThatMakesNoRoom() throws Exception {
        FailingDisk disk = new FailingDisk(new Random(SEED));
        try (Probe probe = new Probe(temp.resolve("buffer"), disk)) {
            probe.diskBytes(7L << 20);
            probe.offer(Lane.LOW, 3000);
            probe.spillWithCoreAway();
            probe.offer(Lane.LOW, 3000);
            probe.spillWithCoreAway();
            long onDisk = probe.ledger().lane(Lane.LOW).onDisk();
            disk.refuse(EnumSet.of(Operation.DELETE), 1);
            probe.offer(Lane.HIGH, 3000);
            probe.spillWithCoreAway();
            assertThat(probe.ledger().lane(Lane.LOW).dropped(DropReason.DISK_FULL))
                    .isPositive()
                    .isLessThan(onDisk);
            assertThat(probe.ledger().lane(Lane.HIGH).inMemory()).isEqualTo(3000);
        }
    }

    /** Offers, spills and lets time pass while operations fail; then they succeed, and everything must arrive. */
    private void play(Probe probe, FailingDisk disk, Set<Operation> operations) throws Exception {
        for (int i = 0; i < 4; i++) {
            probe.offer(Lane.HIGH, 400);
            probe.spillWithCoreAway();
            probe.advance(Duration.ofSeconds(2));
            probe.spillWithCoreAway();
        }
        disk.refuse(Set.of(), 0);
        probe.advance(Duration.ofSeconds(2));
        assertThat(probe.deliver(Lane.HIGH))
                .as("seed %d, %s, %d failures", SEED, operations, disk.failures())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1600).boxed().toList());
    }
}
