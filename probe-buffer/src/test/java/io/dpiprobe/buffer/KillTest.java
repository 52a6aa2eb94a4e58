// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a JVM (SIGKILL) in the middle of spilling, again and again on the same directory. */
class KillTest {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 10);
    private static final int PID_1_ROUNDS = Math.max(2, ROUNDS / 20);
    /** More than memory can hold of events of 300 bytes. */
    private static final long MEMORY_EVENTS = BufferConfig.MIN_MEMORY_BYTES / 300;

    private static final long SEED = Long.getLong("seed", System.nanoTime());

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
    void whatWasOnDiskArrives() throws Exception {
        Random random = new Random(SEED);
        long offered = 0;
        long repeated = 0;
        long lost = 0;
        long lostAtMost = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path progress = temp.resolve("progress" + round);
            String epoch = "%08x".formatted(round);
            killAt(random.nextInt(200, 6_000), progress, epoch);
            LastRun killed = lastRun();
            List<Long> arrived = deliver();
            long onDisk = SpillChild.onDisk(progress);
            long acked = SpillChild.acked(progress);
            assertThat(arrived)
                    .as("seed %d, round %d", SEED, round)
                    .doesNotHaveDuplicates()
                    .isSorted();
            assertThat(arrived).containsAll(range(acked, onDisk));
            long gone = countLost(progress, arrived);
            assertThat(killed.epoch()).isEqualTo(epoch);
            assertThat(killed.lostAtMost(Lane.HIGH)).isBetween(gone, MEMORY_EVENTS);
            lost += gone;
            lostAtMost += killed.lostAtMost(Lane.HIGH);
            offered += onDisk;
            repeated += arrived.stream().filter(seq -> seq <= acked).count();
        }
        System.getLogger("KillTest")
                .log(
                        System.Logger.Level.INFO,
                        "seed {0}: {1} kills, {2} events on disk, 0 lost, {3} repeated; {4} lost with memory, at most {5}",
                        SEED,
                        ROUNDS,
                        offered,
                        repeated,
                        lost,
                        lostAtMost);
    }

    /** In containers each run has the process id of the one before, which may have left its locks. */
    @Test
    void startsAgainUnderTheSameProcessId() throws Exception {
        Process probe = new ProcessBuilder("unshare", "-pf", "--mount-proc", "--kill-child", "true").start();
        assumeTrue(probe.waitFor() == 0, "a PID namespace needs unshare and root");
        for (int round = 0; round < PID_1_ROUNDS; round++) {
            Path progress = temp.resolve("first" + round);
            killAt(2_000, progress, "%08x".formatted(round), "unshare", "-pf", "--mount-proc", "--kill-child");
            assertThat(deliver()).containsAll(range(SpillChild.acked(progress), SpillChild.onDisk(progress)));
        }
    }

    /** The first run leaves a file that the second, which ends at the point, has to take over. */
    @ParameterizedTest
    @EnumSource
    void diesAtEachStepOfTheDisk(HaltingDisk.Point point) throws Exception {
        Path first = temp.resolve("first");
        killAt(3_000, first, "00000001");
        Path progress = temp.resolve("second");
        List<String> command = SpillChild.command(
                temp,
                buffer().toString(),
                progress.toString(),
                "00000002",
                "100000",
                inMemory.toString(),
                point.name());
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("output").toFile())
                .start();
        assertThat(child.waitFor()).as(Files.readString(temp.resolve("output"))).isEqualTo(HaltingDisk.EXIT_STATUS);
        Map<String, List<Long>> arrived = deliverByRun();
        assertThat(arrived.getOrDefault("00000001", List.of()))
                .containsAll(range(
                        Math.max(SpillChild.acked(first), SpillChild.ackedBefore(progress)), SpillChild.onDisk(first)));
        assertThat(arrived.getOrDefault("00000002", List.of()))
                .containsAll(range(SpillChild.acked(progress), SpillChild.onDisk(progress)));
    }

    private void killAt(long events, Path progress, String epoch, String... wrapper)
            throws IOException, InterruptedException, ExecutionException {
        List<String> command = new ArrayList<>(List.of(wrapper));
        command.addAll(SpillChild.command(
                temp, buffer().toString(), progress.toString(), epoch, "1000000", inMemory.toString()));
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("output").toFile())
                .start();
        try {
            while (SpillChild.onDisk(progress) < events) {
                assertThat(child.isAlive())
                        .as(Files.readString(temp.resolve("output")))
                        .isTrue();
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
        } finally {
            for (ProcessHandle wrapped : child.descendants().toList()) {
                wrapped.destroyForcibly();
                wrapped.onExit().get();
            }
            child.destroyForcibly().waitFor();
        }
    }

    /** Events that were offered and neither acknowledged nor found on disk. */
    private static long countLost(Path progress, List<Long> arrived) throws IOException {
        return LongStream.rangeClosed(SpillChild.acked(progress) + 1, SpillChild.offered(progress))
                .filter(seq -> Collections.binarySearch(arrived, seq) < 0)
                .count();
    }

    /** What the next run is told of the one that was killed. */
    private LastRun lastRun() throws IOException {
        try (EventBuffer buffer = EventBuffer.open(SpillChild.config(buffer(), "eeeeeeee", inMemory))) {
            return buffer.lastRun();
        }
    }

    private static List<Long> range(long behind, long last) {
        return LongStream.rangeClosed(behind + 1, last).boxed().toList();
    }

    private List<Long> deliver() throws Exception {
        return deliverByRun().values().stream().flatMap(List::stream).toList();
    }

    private Map<String, List<Long>> deliverByRun() throws Exception {
        Map<String, List<Long>> arrived = new HashMap<>();
        try (EventBuffer buffer = EventBuffer.open(SpillChild.config(buffer(), "ffffffff"))) {
            while (!buffer.ledger().isDrained()) {
                buffer.spillAgent().doWork();
                Batch batch = buffer.poll();
                if (batch != null) {
                    arrived.computeIfAbsent(batch.epoch(), epoch -> new ArrayList<>())
                            .addAll(Events.seqsOf(batch));
                    buffer.settle(batch, Settlement.acked(batch));
                }
                assertThat(buffer.ledger().imbalance()).isZero();
            }
            buffer.spillAgent().doWork();
            assertThat(buffer.stats().corruptBlocks()).isZero();
        }
        return arrived;
    }

    private Path buffer() {
        return temp.resolve("buffer");
    }
}
