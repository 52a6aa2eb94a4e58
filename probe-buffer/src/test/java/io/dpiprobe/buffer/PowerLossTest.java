// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes the power away at random moments, and starts again from what the disk could then hold. */
class PowerLossTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    /** Sequences of operations; each is cut off at several moments, each cut leaves several images. */
    private static final int SEQUENCES = Integer.getInteger("power.sequences", 7);

    private static final int CUTS = 6;
    private static final int IMAGES = 5;

    @TempDir(factory = InMemory.class)
    private Path temp;

    private int images;
    private long durableEvents;
    private long repeated;
    private long lost;

    @Test
    void whatWasForcedIsThereAfterwards() throws Exception {
        for (int i = 0; i < SEQUENCES; i++) {
            Random random = new Random(SEED + i);
            new Run(temp.resolve("run" + i), random).play();
        }
        System.getLogger("PowerLossTest")
                .log(
                        System.Logger.Level.INFO,
                        "seed {0}: {1} images, {2} events forced to disk, 0 lost, {3} repeated; {4} not forced yet and lost",
                        SEED,
                        images,
                        durableEvents,
                        repeated,
                        lost);
    }

    /** One sequence of operations. */
    private final class Run {
        private final Path dir;
        private final Random random;
        private final PowerLoss disk;
        private final Probe probe;
        private final Map<Lane, Knowledge> lanes = new EnumMap<>(Lane.class);

        Run(Path dir, Random random) throws IOException {
            this.dir = dir;
            this.random = random;
            Path buffer = dir.resolve("buffer");
            this.disk = new PowerLoss(buffer);
            this.probe = new Probe(buffer, disk);
            for (Lane lane : Lane.values()) {
                lanes.put(lane, new Knowledge());
            }
        }

        void play() throws Exception {
            for (int cut = 0; cut < CUTS; cut++) {
                for (int step = random.nextInt(1, 8); step > 0; step--) {
                    step();
                }
                for (int image = 0; image < IMAGES; image++) {
                    recover(dir.resolve("image-" + cut + "-" + image));
                }
            }
            probe.close();
            IoUtil.delete(dir.toFile(), false);
        }

        private void step() throws Exception {
            switch (random.nextInt(4)) {
                case 0 -> deliverSome();
                case 1 -> sync();
                default -> spill();
            }
        }

        /** Events go to disk; nothing says that they are durable yet. */
        private void spill() throws Exception {
            Lane lane = Lane.values()[random.nextInt(Lane.values().length)];
            int events = random.nextInt(1, 2500);
            probe.offer(lane, events);
            known(lane).offered += events;
            probe.spillWithCoreAway();
        }

        /** With the sync interval over and nothing in memory, all is promised to survive. */
        private void sync() throws Exception {
            probe.advance(probe.config().syncInterval().plus(Duration.ofMillis(1)));
            probe.buffer().deliveryUnavailable(true);
            probe.spill();
            probe.buffer().spillAgent().doWork();
            probe.buffer().deliveryUnavailable(false);
            for (Lane lane : Lane.values()) {
                known(lane).durable = known(lane).offered;
            }
        }

        private void deliverSome() throws Exception {
            for (int i = random.nextInt(4); i > 0; i--) {
                probe.spill();
                Batch batch = probe.buffer().poll();
                if (batch == null) {
                    return;
                }
                known(batch.lane()).settled.addAll(Events.seqsOf(batch));
                probe.buffer().settle(batch, Settlement.acked(batch));
            }
            probe.spill();
        }

        private void recover(Path image) throws Exception {
            disk.build(image, random);
            images++;
            try (Probe recovered = new Probe(image)) {
                Map<Lane, List<Long>> arrived = deliverAll(recovered);
                for (Lane lane : Lane.values()) {
                    check(known(lane), Objects.requireNonNull(arrived.get(lane)), image);
                }
            }
            IoUtil.delete(image.toFile(), false);
        }

        private Map<Lane, List<Long>> deliverAll(Probe recovered) throws Exception {
            Map<Lane, List<Long>> arrived = new EnumMap<>(Lane.class);
            for (Lane lane : Lane.values()) {
                arrived.put(lane, new ArrayList<>());
            }
            while (!recovered.ledger().isDrained()) {
                recovered.spill();
                for (Batch batch = recovered.buffer().poll();
                        batch != null;
                        batch = recovered.buffer().poll()) {
                    Objects.requireNonNull(arrived.get(batch.lane())).addAll(Events.seqsOf(batch));
                    recovered.buffer().settle(batch, Settlement.acked(batch));
                }
                recovered.spill();
            }
            return arrived;
        }

        private void check(Knowledge known, List<Long> arrived, Path image) {
            String moment = "seed " + SEED + ", " + image;
            assertThat(arrived).as(moment).doesNotHaveDuplicates().isSorted();
            assertThat(arrived).as(moment).allMatch(seq -> seq >= 1 && seq <= known.offered);
            TreeSet<Long> missing = new TreeSet<>();
            for (long seq = 1; seq <= known.offered; seq++) {
                missing.add(seq);
            }
            missing.removeAll(known.settled);
            arrived.forEach(missing::remove);
            assertThat(missing.headSet(known.durable, true)).as(moment).isEmpty();
            durableEvents += known.durable;
            repeated += arrived.stream().filter(known.settled::contains).count();
            lost += missing.size();
        }

        private Knowledge known(Lane lane) {
            Knowledge known = lanes.get(lane);
            assert known != null;
            return known;
        }
    }

    /** What the test knows of the events of a lane, whose sequence numbers count from 1. */
    private static final class Knowledge {
        private long offered;
        private long durable;
        private final TreeSet<Long> settled = new TreeSet<>();
    }
}
