// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.disk.DiskOperations;
import io.dpiprobe.buffer.disk.FileSystemOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.agrona.concurrent.Agent;

/**
 * Runs an event buffer on one thread and virtual time, and checks at each step what must always hold: the ledger
 * balances, and events of a lane and worker arrive in order.
 */
final class Probe implements AutoCloseable {
    static final int EVENT_BYTES = 1000;

    /** Moments that are far from zero, so that nothing depends on where time begins. */
    private static final long START_NS = TimeUnit.DAYS.toNanos(100);

    private final DiskOperations operations;
    private Path dir;
    private BufferConfig config;
    private long nowNs = START_NS;
    private long wallOffsetMs;
    private EventBuffer buffer;

    Probe(Path dir) throws IOException {
        this(dir, new FileSystemOperations());
    }

    Probe(Path dir, DiskOperations operations) throws IOException {
        this.dir = dir;
        this.operations = operations;
        this.config = new BufferConfig(
                "0000aaaa",
                1,
                BufferConfig.MIN_MEMORY_BYTES,
                BufferConfig.MIN_MEMORY_BYTES / 2,
                FullPolicy.DROP_OLDEST,
                Duration.ofMillis(100),
                8,
                dir,
                256L << 20,
                Durability.OVERFLOW,
                Duration.ofMillis(500),
                null);
        this.buffer = open();
    }

    private EventBuffer open() throws IOException {
        return EventBuffer.open(
                config, new SpillAgent.Clocks(() -> nowNs, () -> nowNs / 1_000_000 + wallOffsetMs), operations);
    }

    EventBuffer buffer() {
        return buffer;
    }

    BufferConfig config() {
        return config;
    }

    /** Stops as on SIGTERM and starts again as another run. */
    void restart(String epoch) throws IOException {
        buffer.close();
        assertThat(ledger().imbalance()).isZero();
        start(epoch, config.diskBytes());
    }

    /** Goes on, as the same run, with another budget. */
    void diskBytes(long bytes) throws IOException {
        buffer.close();
        start(config.epoch(), bytes);
    }

    /** Starts again after the buffer was closed, or left alone, by the test. */
    void start(String epoch, long diskBytes) throws IOException {
        config = new BufferConfig(
                epoch,
                config.workers(),
                config.memoryBytes(),
                config.spillThresholdBytes(),
                config.fullPolicy(),
                config.linger(),
                config.maxInFlight(),
                dir,
                diskBytes,
                config.durability(),
                config.syncInterval(),
                config.runtimeDir());
        buffer = open();
    }

    /** Goes on with a copy of the directory as a crash would leave it now, after a change to it. */
    void crash(Path copy, String epoch, Damage damage) throws IOException {
        copyTree(dir, copy);
        buffer.close();
        damage.apply(copy);
        IoUtil.delete(dir.toFile(), false);
        dir = copy;
        start(epoch, config.diskBytes());
    }

    /** Changes the files of a buffer that is not running. */
    interface Damage {
        void apply(Path dir) throws IOException;
    }

    static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    void durability(Durability durability) throws IOException {
        buffer.close();
        config = new BufferConfig(
                config.epoch(),
                config.workers(),
                config.memoryBytes(),
                config.spillThresholdBytes(),
                config.fullPolicy(),
                config.linger(),
                config.maxInFlight(),
                dir,
                config.diskBytes(),
                durability,
                config.syncInterval(),
                config.runtimeDir());
        buffer = open();
    }

    /** Offers events and seals them. */
    void offer(Lane lane, int events) {
        for (int i = 0; i < events; i++) {
            Events.offer(buffer.sink(0), 0, lane, EVENT_BYTES);
        }
        buffer.sink(0).flush();
        check();
    }

    /** Lets the spill agent do all it has to do. */
    void spill() throws Exception {
        Agent agent = buffer.spillAgent();
        while (agent.doWork() > 0) {
            check();
        }
        check();
    }

    void spillWithCoreAway() throws Exception {
        buffer.deliveryUnavailable(true);
        spill();
        buffer.deliveryUnavailable(false);
    }

    /** Polls a batch that must be there. */
    Batch take() {
        return Objects.requireNonNull(buffer.poll());
    }

    void tick() {
        buffer.sink(0).onTick(nowNs);
    }

    void advance(Duration time) {
        nowNs += time.toNanos();
    }

    /** Sets the wall clock, as an administrator or NTP may. */
    void stepWallClock(Duration step) {
        wallOffsetMs += step.toMillis();
    }

    /** Delivers everything; returns the sequence numbers of one lane in the order of arrival. */
    List<Long> deliver(Lane lane) throws Exception {
        List<Long> seqs = new ArrayList<>();
        do {
            spill();
            for (Batch batch = buffer.poll(); batch != null; batch = buffer.poll()) {
                List<Long> found = Events.seqsOf(batch);
                assertThat(found).hasSize(batch.count());
                assertThat(found.get(0)).isEqualTo(batch.firstSeq());
                if (batch.lane() == lane) {
                    seqs.addAll(found);
                }
                buffer.settle(batch, Settlement.acked(batch));
                check();
            }
            spill();
        } while (!ledger().isDrained());
        return seqs;
    }

    LedgerSnapshot ledger() {
        return buffer.ledger();
    }

    void check() {
        LedgerSnapshot ledger = ledger();
        assertThat(ledger.imbalance()).as(ledger.toString()).isZero();
        assertThat(buffer.stats().disk().usedBytes()).isLessThanOrEqualTo(config.diskBytes());
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }
}
