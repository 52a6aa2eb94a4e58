// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
    @TempDir(factory = InMemory.class)
    private Path dir;

    @Test
    void leavesMemoryAloneBelowTheThreshold() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.offer(Lane.HIGH, 1000);
            probe.spill();
            assertThat(probe.ledger().lane(Lane.HIGH).onDisk()).isZero();
        }
    }

    @Test
    void movesTheOldestToDiskAboveTheThreshold() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.offer(Lane.HIGH, 5000);
            probe.spill();
            assertThat(probe.ledger().lane(Lane.HIGH).onDisk()).isBetween(500L, 3000L);
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(1, 5000));
        }
    }

    @Test
    void movesEverythingWhileCoreIsAway() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.offer(Lane.LOW, 300);
            probe.spillWithCoreAway();
            assertThat(probe.ledger().lane(Lane.LOW).onDisk()).isEqualTo(300);
            assertThat(probe.ledger().lane(Lane.LOW).inMemory()).isZero();
        }
    }

    @Test
    void keepsAllOfAFloodThatIsLargerThanMemory() throws Exception {
        try (Probe probe = new Probe(dir)) {
            for (int i = 0; i < 50; i++) {
                probe.offer(Lane.NORMAL, 1000);
                probe.spillWithCoreAway();
            }
            assertThat(probe.deliver(Lane.NORMAL)).isEqualTo(seqs(1, 50_000));
            probe.advance(Duration.ofSeconds(2));
            probe.spill();
            assertThat(probe.buffer().stats().disk().laneBytes()).containsEntry(Lane.NORMAL, 0L);
        }
    }

    @Test
    void sendsTheDiskBeforeMemory() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.offer(Lane.HIGH, 300);
            probe.spillWithCoreAway();
            probe.offer(Lane.HIGH, 300);
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(1, 600));
        }
    }

    @Test
    void keepsAllOverAStopAndAStart() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.offer(Lane.HIGH, 1000);
            probe.spillWithCoreAway();
            probe.offer(Lane.HIGH, 1000);
            probe.offer(Lane.LOW, 10);
            probe.restart("0000bbbb");
            assertThat(probe.ledger().lane(Lane.HIGH).recovered()).isEqualTo(2000);
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(1, 2000));
            assertThat(probe.ledger().lane(Lane.LOW).acked()).isEqualTo(10);
        }
    }

    @Test
    void batchesFoundOnDiskKeepTheirEpoch() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.offer(Lane.HIGH, 10);
            probe.restart("0000bbbb");
            probe.spill();
            assertThat(probe.take().epoch()).isEqualTo("0000aaaa");
        }
    }

    @Test
    void doesNotSendAgainWhatWasAckedBeforeTheRestart() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.offer(Lane.HIGH, 1000);
            probe.spillWithCoreAway();
            Batch first = probe.take();
            probe.buffer().settle(first, Settlement.acked(first));
            probe.restart("0000bbbb");
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(first.lastSeq() + 1, 1000));
        }
    }

    @Test
    void sendsAgainWhatWasInFlightAtTheStop() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.offer(Lane.HIGH, 1000);
            probe.spillWithCoreAway();
            Batch first = probe.take();
            probe.buffer().settle(first, Settlement.acked(first));
            Batch second = probe.take();
            probe.buffer().giveBack(second);
            probe.restart("0000bbbb");
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(first.lastSeq() + 1, 1000));
        }
    }

    @Test
    void keepsOrderOnDiskAroundABatchInFlight() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.offer(Lane.HIGH, 1000);
            Batch first = probe.take();
            probe.spillWithCoreAway();
            probe.buffer().giveBack(first);
            probe.offer(Lane.HIGH, 1000);
            probe.restart("0000bbbb");
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(1, 2000));
        }
    }

    @Test
    void sendsABatchThatWasCopiedToDiskOnlyOnce() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.offer(Lane.HIGH, 1000);
            Batch first = probe.take();
            probe.spillWithCoreAway();
            probe.buffer().giveBack(first);
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(1, 1000));
            probe.restart("0000bbbb");
            assertThat(probe.ledger().lane(Lane.HIGH).recovered()).isZero();
        }
    }

    @Test
    void sendsEverythingThroughTheDiskWhenAskedTo() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.durability(Durability.ALL);
            probe.offer(Lane.HIGH, 300);
            assertThat(probe.buffer().poll()).isNull();
            probe.spill();
            assertThat(probe.ledger().lane(Lane.HIGH).onDisk()).isEqualTo(300);
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(1, 300));
        }
    }

    @Test
    @Tag("limit:MAX_DISK_BUFFER_MB")
    void givesUpTheOldestFileOfTheLowestLaneWhenTheBudgetIsUsedUp() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.buffer().close();
            probe.start("0000bbbb", 16L << 20);
            fillDisk(probe, Lane.LOW, 60);
            long lowDropped = probe.ledger().lane(Lane.LOW).dropped(DropReason.DISK_FULL);
            assertThat(lowDropped).isPositive();
            fillDisk(probe, Lane.HIGH, 60);
            assertThat(probe.ledger().lane(Lane.HIGH).dropped(DropReason.DISK_FULL))
                    .isPositive();
            // What had been read ahead for delivery is still there.
            assertThat(probe.ledger().lane(Lane.LOW).onDisk()).isLessThan(300);
            long kept = probe.ledger().lane(Lane.HIGH).onDisk();
            assertThat(probe.deliver(Lane.HIGH))
                    .endsWith(60_000L)
                    .hasSizeGreaterThanOrEqualTo((int) kept)
                    .isSorted();
        }
    }

    @Test
    void neverGivesUpAHigherLaneOnDiskForALowerOne() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.buffer().close();
            probe.start("0000bbbb", 16L << 20);
            fillDisk(probe, Lane.HIGH, 60);
            long highOnDisk = probe.ledger().lane(Lane.HIGH).onDisk();
            fillDisk(probe, Lane.LOW, 60);
            assertThat(probe.ledger().lane(Lane.HIGH).onDisk()).isEqualTo(highOnDisk);
            assertThat(probe.ledger().lane(Lane.LOW).dropped(DropReason.MEMORY_FULL))
                    .isPositive();
        }
    }

    private static void fillDisk(Probe probe, Lane lane, int thousands) throws Exception {
        for (int i = 0; i < thousands; i++) {
            probe.offer(lane, 1000);
            probe.spillWithCoreAway();
        }
    }

    @Test
    void losesNothingWhenTheClosingThreadIsInterrupted() throws Exception {
        try (Probe probe = new Probe(dir)) {
            probe.offer(Lane.HIGH, 1000);
            Thread.currentThread().interrupt();
            probe.buffer().close();
            assertThat(Thread.interrupted()).isTrue();
            probe.start("0000bbbb", probe.config().diskBytes());
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(1, 1000));
        }
    }

    @Test
    void goesOnWhenItsDirectoryIsRemoved() throws Exception {
        try (Probe probe = new Probe(dir.resolve("buffer"))) {
            probe.offer(Lane.HIGH, 1000);
            probe.spillWithCoreAway();
            IoUtil.delete(dir.resolve("buffer").toFile(), false);
            probe.advance(Duration.ofSeconds(2));
            probe.offer(Lane.HIGH, 1000);
            probe.spillWithCoreAway();
            List<Long> arrived = probe.deliver(Lane.HIGH);
            long lost = probe.ledger().lane(Lane.HIGH).dropped(DropReason.IO_ERROR);
            assertThat(arrived).hasSize((int) (2000 - lost)).isSorted().endsWith(2000L);
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() throws Exception {
        try (Probe probe = new Probe(dir)) {
            assertThatThrownBy(() -> EventBuffer.open(probe.config()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
    }

    private static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
