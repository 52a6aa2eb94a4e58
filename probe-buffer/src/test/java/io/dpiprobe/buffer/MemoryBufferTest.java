// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.disk.FileSystemOperations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBufferTest {
    private static final int EVENT_BYTES = 1000;

    @TempDir(factory = InMemory.class)
    private Path dir;

    private long nowNs = 1_000_000;

    @Test
    void deliversInTheOrderOfOffers() throws IOException {
        try (EventBuffer buffer = open(FullPolicy.DROP_OLDEST, 1)) {
            offer(buffer, Lane.NORMAL, 300);
            buffer.sink(0).flush();
            List<Long> seqs = new ArrayList<>();
            for (Batch batch = buffer.poll(); batch != null; batch = buffer.poll()) {
                assertThat(batch.firstSeq()).isEqualTo(seqs.size() + 1);
                seqs.addAll(Events.seqsOf(batch));
                assertThat(batch.lastSeq()).isEqualTo(seqs.size());
                buffer.settle(batch, Settlement.acked(batch));
            }
            assertThat(seqs).hasSize(300).isSorted();
            assertThat(buffer.ledger().lane(Lane.NORMAL).acked()).isEqualTo(300);
            assertThat(buffer.ledger().isDrained()).isTrue();
        }
    }

    @Test
    void handsOnALoneEventAfterTheLinger() throws IOException {
        try (EventBuffer buffer = open(FullPolicy.DROP_OLDEST, 1)) {
            offer(buffer, Lane.HIGH, 1);
            buffer.sink(0).onTick(nowNs + Duration.ofMillis(99).toNanos());
            assertThat(buffer.poll()).isNull();
            buffer.sink(0).onTick(nowNs + Duration.ofMillis(100).toNanos());
            assertThat(Objects.requireNonNull(buffer.poll()).count()).isEqualTo(1);
        }
    }

    @Test
    void handsOutAReturnedBatchFirst() throws IOException {
        try (EventBuffer buffer = open(FullPolicy.DROP_OLDEST, 1)) {
            offer(buffer, Lane.HIGH, 300);
            Batch first = take(buffer);
            buffer.giveBack(first);
            assertThat(take(buffer)).isEqualTo(first);
        }
    }

    @Test
    void hasOneBatchOfALaneAndWorkerInFlightSoThatCoreGetsThemInOrder() throws IOException {
        try (EventBuffer buffer = open(FullPolicy.DROP_OLDEST, 2)) {
            offer(buffer, Lane.HIGH, 1000);
            offer(buffer, Lane.LOW, 1000);
            Batch high = take(buffer);
            Batch low = take(buffer);
            assertThat(List.of(high.lane(), low.lane())).containsExactlyInAnyOrder(Lane.HIGH, Lane.LOW);
            assertThat(buffer.poll()).isNull();

            buffer.settle(high, Settlement.acked(high));
            assertThat(take(buffer).firstSeq()).isEqualTo(high.lastSeq() + 1);
        }
    }

    @Test
    @Tag("limit:MAX_BUFFER_SIZE_MB")
    void givesUpTheOldestOfTheLowestLaneFirst() throws IOException {
        try (EventBuffer buffer = open(FullPolicy.DROP_OLDEST, 1)) {
            offer(buffer, Lane.LOW, 1000);
            offer(buffer, Lane.HIGH, 20_000);
            LedgerSnapshot ledger = buffer.ledger();
            assertThat(ledger.lane(Lane.LOW).dropped()).containsEntry(DropReason.MEMORY_FULL, droppedSealed(1000));
            assertThat(ledger.lane(Lane.HIGH).droppedTotal()).isPositive();
            assertThat(Events.seqsOf(take(buffer)).get(0))
                    .isEqualTo(ledger.lane(Lane.HIGH).droppedTotal() + 1);
            assertThat(ledger.imbalance()).isZero();
        }
    }

    /** The last segment of the lane is still open, and nobody takes that from its worker. */
    private static long droppedSealed(long offered) {
        int perSegment = (64 << 10) / (EVENT_BYTES + 1);
        return offered / perSegment * perSegment;
    }

    @Test
    void neverGivesUpAHigherLaneForALowerOne() throws IOException {
        try (EventBuffer buffer = open(FullPolicy.DROP_OLDEST, 1)) {
            while (buffer.stats().memory().fullCount() == 0) {
                offer(buffer, Lane.HIGH, 1);
            }
            long highDropped = buffer.ledger().lane(Lane.HIGH).droppedTotal();
            assertThat(Events.offer(buffer.sink(0), 0, Lane.LOW, EVENT_BYTES)).isFalse();
            assertThat(buffer.ledger().lane(Lane.LOW).dropped()).containsEntry(DropReason.MEMORY_FULL, 1L);
            assertThat(buffer.ledger().lane(Lane.HIGH).droppedTotal()).isEqualTo(highDropped);
        }
    }

    @Test
    void dropNewestKeepsWhatItHas() throws IOException {
        try (EventBuffer buffer = open(FullPolicy.DROP_NEWEST, 1)) {
            offer(buffer, Lane.NORMAL, 10_000);
            assertThat(Events.seqsOf(take(buffer)).get(0)).isEqualTo(1);
            assertThat(buffer.ledger().lane(Lane.NORMAL).droppedTotal()).isPositive();
            assertThat(buffer.ledger().imbalance()).isZero();
        }
    }

    @Test
    @Tag("limit:MemoryLayout.MAX_SEGMENT_BYTES")
    void countsAnEventLongerThanASegment() throws IOException {
        try (EventBuffer buffer = open(FullPolicy.DROP_OLDEST, 1)) {
            UnsafeBuffer huge = new UnsafeBuffer(new byte[300 << 10]);
            assertThat(buffer.sink(0).offer(Lane.HIGH, huge, 0, huge.capacity()))
                    .isFalse();
            assertThat(buffer.ledger().lane(Lane.HIGH).dropped()).containsEntry(DropReason.OVERSIZE, 1L);
            assertThat(buffer.sink(0).nextSeq(Lane.HIGH)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void keepsOrderAndBalanceWithManyWorkers(int workers) throws Exception {
        int each = 20_000;
        try (EventBuffer buffer = open(FullPolicy.BLOCK, workers)) {
            CountDownLatch running = new CountDownLatch(workers);
            List<Thread> threads = new ArrayList<>();
            for (int w = 0; w < workers; w++) {
                threads.add(offering(buffer, w, each, running));
            }
            threads.forEach(Thread::start);
            long[][] last = new long[workers][Lane.values().length];
            while (running.getCount() > 0 || !buffer.ledger().isDrained()) {
                assertThat(buffer.ledger().imbalance()).isZero();
                Batch batch = buffer.poll();
                if (batch != null) {
                    for (long seq : Events.seqsOf(batch)) {
                        assertThat(seq)
                                .isEqualTo(++last[batch.worker()][batch.lane().index()]);
                    }
                    buffer.settle(batch, Settlement.acked(batch));
                }
            }
            assertThat(buffer.ledger().total(LaneLedger::acked)).isEqualTo((long) workers * each);
        }
    }

    private static Thread offering(EventBuffer buffer, int worker, int events, CountDownLatch running) {
        Lane[] lanes = Lane.values();
        return new Thread(() -> {
            for (int i = 0; i < events; i++) {
                Events.offer(buffer.sink(worker), worker, lanes[i % lanes.length], 500);
            }
            buffer.sink(worker).flush();
            running.countDown();
        });
    }

    @Test
    void aBlockedWorkerIsLetGoWhenTheBufferCloses() throws Exception {
        EventBuffer buffer = open(FullPolicy.BLOCK, 1);
        Thread worker = new Thread(() -> {
            while (Events.offer(buffer.sink(0), 0, Lane.HIGH, EVENT_BYTES)) {
                Thread.onSpinWait();
            }
        });
        worker.start();
        while (buffer.stats().memory().fullCount() == 0) {
            Thread.onSpinWait();
        }
        buffer.stopOffers();
        worker.join();
        assertThat(buffer.ledger().lane(Lane.HIGH).dropped()).containsEntry(DropReason.SHUTDOWN, 1L);
        buffer.close();
    }

    private EventBuffer open(FullPolicy policy, int workers) throws IOException {
        BufferConfig defaults = BufferConfig.defaults(dir, "0000aaaa");
        return EventBuffer.open(
                new BufferConfig(
                        defaults.epoch(),
                        workers,
                        BufferConfig.MIN_MEMORY_BYTES,
                        BufferConfig.MIN_MEMORY_BYTES,
                        policy,
                        defaults.linger(),
                        defaults.maxInFlight(),
                        dir,
                        defaults.diskBytes(),
                        defaults.durability(),
                        defaults.syncInterval(),
                        null),
                new SpillAgent.Clocks(() -> nowNs, () -> nowNs / 1_000_000),
                new FileSystemOperations());
    }

    private static void offer(EventBuffer buffer, Lane lane, int events) {
        for (int i = 0; i < events; i++) {
            Events.offer(buffer.sink(0), 0, lane, EVENT_BYTES);
        }
    }

    private static Batch take(EventBuffer buffer) {
        return Objects.requireNonNull(buffer.poll());
    }
}
