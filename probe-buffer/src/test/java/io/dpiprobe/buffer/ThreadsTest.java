// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs workers, spill agent and transport as in the daemon, each on its thread, with a Core that comes and goes. */
class ThreadsTest {
    private static final int WORKERS = 2;
    private static final int EVENTS = 60_000;
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @TempDir(factory = InMemory.class)
    private Path dir;

    private final long[][] last = new long[WORKERS][Lane.values().length];
    private final List<Batch> held = new ArrayList<>();

    @Test
    void everythingArrivesOnceAndInOrder() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (EventBuffer buffer = open()) {
            CountDownLatch running = new CountDownLatch(WORKERS);
            try (AgentRunner spill =
                    new AgentRunner(new BackoffIdleStrategy(), failure::set, null, buffer.spillAgent())) {
                AgentRunner.startOnThread(spill);
                for (int w = 0; w < WORKERS; w++) {
                    worker(buffer, w, running).start();
                }
                Random random = new Random(SEED);
                while (running.getCount() > 0 || !buffer.ledger().isDrained()) {
                    transport(buffer, random);
                    assertThat(buffer.ledger().imbalance()).as("seed %d", SEED).isZero();
                    assertThat(failure.get()).isNull();
                }
            }
            LedgerSnapshot ledger = buffer.ledger();
            assertThat(ledger.total(LaneLedger::acked)).isEqualTo((long) WORKERS * EVENTS);
            assertThat(ledger.total(LaneLedger::droppedTotal)).isZero();
        }
    }

    private EventBuffer open() throws IOException {
        return EventBuffer.open(new BufferConfig(
                "0000aaaa",
                WORKERS,
                BufferConfig.MIN_MEMORY_BYTES,
                BufferConfig.MIN_MEMORY_BYTES / 4,
                FullPolicy.BLOCK,
                Duration.ofMillis(1),
                8,
                dir,
                1L << 30,
                Durability.OVERFLOW,
                Duration.ofMillis(50),
                null));
    }

    private static Thread worker(EventBuffer buffer, int worker, CountDownLatch running) {
        Lane[] lanes = Lane.values();
        return new Thread(() -> {
            EventSink sink = buffer.sink(worker);
            for (int i = 0; i < EVENTS; i++) {
                Events.offer(sink, worker, lanes[i % lanes.length], 300);
                sink.onTick(System.nanoTime());
            }
            sink.flush();
            running.countDown();
        });
    }

    private void transport(EventBuffer buffer, Random random) {
        Batch batch = buffer.poll();
        if (batch != null) {
            held.add(batch);
        }
        if (random.nextInt(50) == 0) {
            buffer.deliveryUnavailable(true);
            while (!held.isEmpty()) {
                buffer.giveBack(held.remove(random.nextInt(held.size())));
            }
        } else if (!held.isEmpty() && random.nextInt(3) > 0) {
            buffer.deliveryUnavailable(false);
            arrived(held.get(0));
            buffer.settle(held.get(0), Settlement.acked(held.get(0)));
            held.remove(0);
        }
    }

    /** The oldest held of all is settled first, so that each lane and worker must be without a hole. */
    private void arrived(Batch batch) {
        for (long seq : Events.seqsOf(batch)) {
            long expected = ++last[batch.worker()][batch.lane().index()];
            assertThat(seq)
                    .as("seed %d, lane %s, worker %d", SEED, batch.lane(), batch.worker())
                    .isEqualTo(expected);
        }
    }
}
