// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives the buffer and the reference with the same random operations; a failure names its seed. */
class ModelTest {
    private static final int SEQUENCES = Integer.getInteger("model.sequences", 600);
    private static final int OPERATIONS = 40;
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final Lane[] LANES = Lane.values();

    @TempDir(factory = InMemory.class)
    private Path temp;

    @Test
    void behavesLikeTheReference() throws Exception {
        int operations = 0;
        long seed = SEED;
        try (Walk walk = new Walk(temp)) {
            for (int i = 0; i < SEQUENCES; i++) {
                seed = SEED + i;
                walk.go(new Random(seed));
                operations += OPERATIONS;
            }
        } catch (AssertionError e) {
            throw new AssertionError("seed " + SEED + ", failed in sequence " + (seed - SEED), e);
        }
        System.getLogger("ModelTest")
                .log(System.Logger.Level.INFO, "seed {0}: {1} operations", Long.toString(SEED), operations);
    }

    /** One buffer and its reference, through many sequences. */
    private static final class Walk implements AutoCloseable {
        private record Flight(Batch batch, List<Long> seqs) {}

        private final Path temp;
        private final Probe probe;
        private final Reference reference = new Reference();
        private final List<Flight> flights = new ArrayList<>();
        private int crashes;

        Walk(Path temp) throws Exception {
            this.temp = temp;
            this.probe = new Probe(temp.resolve("0"));
            probe.restart(reference.epoch());
        }

        void go(Random random) throws Exception {
            for (int i = 0; i < OPERATIONS; i++) {
                step(random);
                probe.check();
            }
            drain();
        }

        private void step(Random random) throws Exception {
            int choice = random.nextInt(1000);
            if (choice < 400) {
                offer(random);
            } else if (choice < 500) {
                probe.buffer().sink(0).flush();
            } else if (choice < 600) {
                poll();
            } else if (choice < 720) {
                settle(random);
            } else if (choice < 800) {
                giveBack(random);
            } else if (choice < 880) {
                probe.spill();
            } else if (choice < 950) {
                probe.buffer().sink(0).flush();
                probe.spillWithCoreAway();
                reference.spilled();
            } else if (choice < 990) {
                tick(random);
            } else if (choice < 995) {
                stop();
            } else {
                crash();
            }
        }

        private void offer(Random random) {
            Lane lane = LANES[random.nextInt(LANES.length)];
            for (int i = random.nextInt(60); i >= 0; i--) {
                EventSink sink = probe.buffer().sink(0);
                reference.offered(lane, 0, sink.nextSeq(lane));
                assertThat(Events.offer(sink, 0, lane, 40 + random.nextInt(700)))
                        .isTrue();
            }
        }

        private void poll() {
            Batch batch = probe.buffer().poll();
            if (batch != null) {
                List<Long> seqs = Events.seqsOf(batch);
                assertThat(seqs).hasSize(batch.count());
                reference.polled(batch, seqs);
                flights.add(new Flight(batch, seqs));
            }
        }

        private void settle(Random random) {
            if (!flights.isEmpty()) {
                Flight flight = flights.remove(random.nextInt(flights.size()));
                int quarantined = random.nextInt(flight.batch.count() + 1);
                reference.settled(flight.batch, flight.seqs);
                probe.buffer().settle(flight.batch, new Settlement(flight.batch.count() - quarantined, quarantined, 0));
            }
        }

        /** The transport gives back what it can see to have failed; the newest first, to make it hard. */
        private void giveBack(Random random) {
            for (int i = random.nextInt(flights.size() + 1); i > 0; i--) {
                Flight flight = flights.remove(flights.size() - 1);
                reference.givenBack(flight.batch, flight.seqs);
                probe.buffer().giveBack(flight.batch);
            }
        }

        private void tick(Random random) throws Exception {
            probe.advance(Duration.ofMillis(random.nextInt(1500)));
            probe.tick();
            probe.spill();
        }

        private void stop() throws Exception {
            for (Flight flight : flights) {
                probe.buffer().giveBack(flight.batch);
            }
            flights.clear();
            reference.stopped();
            probe.restart(reference.epoch());
        }

        private void crash() throws Exception {
            flights.clear();
            reference.crashed();
            crashes++;
            probe.crash(temp.resolve(Integer.toString(crashes)), reference.epoch(), dir -> {});
        }

        private void drain() throws Exception {
            probe.buffer().sink(0).flush();
            while (!probe.ledger().isDrained()) {
                probe.spill();
                poll();
                while (!flights.isEmpty()) {
                    Flight flight = flights.remove(0);
                    reference.settled(flight.batch, flight.seqs);
                    probe.buffer().settle(flight.batch, Settlement.acked(flight.batch));
                }
            }
            probe.spill();
            reference.drained();
        }

        @Override
        public void close() throws IOException {
            probe.close();
        }
    }
}
