// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.dpiprobe.buffer.Admission;
import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.BufferStats;
import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.Durability;
import io.dpiprobe.buffer.EventBuffer;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.FullPolicy;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.LaneLedger;
import io.dpiprobe.buffer.LedgerSnapshot;
import io.dpiprobe.transport.gate.TokenBucket;
import io.dpiprobe.transport.level.Level;
import io.dpiprobe.transport.level.LevelConfig;
import io.dpiprobe.transport.level.Pressure;
import io.dpiprobe.transport.level.SamplingConfig;
import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Body;
import io.dpiprobe.transport.wire.ContentCoding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buffer, transport and levels together, on virtual time, against a Core that takes a tenth of what is made. */
class SlowCoreTest {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long DISK_BYTES = 24L << 20;
    private static final int MAX_PLAIN = 1 << 24;

    /** Events of each lane in a step: 500 a second in all. */
    private static final Map<Lane, Integer> MADE = new EnumMap<>(Map.of(Lane.HIGH, 1, Lane.NORMAL, 9, Lane.LOW, 40));

    private static final double CORE_TAKES_A_SECOND = 50;

    @TempDir
    Path dir;

    private final Random random = new Random(42);
    private final Admission admission = new Admission();
    private final TenthCore core = new TenthCore();
    private final List<Long> levelChanges = new ArrayList<>();
    private long nowNs = TimeUnit.DAYS.toNanos(1);
    private EventBuffer buffer;
    private Agent spill;
    private Transport transport;
    private Pressure pressure;
    private Level levelBefore = Level.HEALTHY;

    /** Takes what its bucket allows, then everything once it has recovered; asserts that nothing comes twice. */
    private final class TenthCore implements Sender {
        private final TokenBucket bucket = new TokenBucket(CORE_TAKES_A_SECOND, 0);
        private final Map<Lane, BitSet> taken = new EnumMap<>(Lane.class);
        private boolean recovered;

        @Override
        public void send(HttpUrl url, Headers head, Body body, Consumer<Answer> onAnswer) {
            if (!recovered && bucket.opensAtNs() > nowNs) {
                onAnswer.accept(FakeCore.status(429));
                return;
            }
            bucket.spend(body.count(), nowNs);
            String lane = String.valueOf(head.get("X-Batch-Lane"));
            BitSet seen =
                    taken.computeIfAbsent(Lane.valueOf(lane.toUpperCase(java.util.Locale.ROOT)), l -> new BitSet());
            for (String line : plain(body).split("\n")) {
                int seq = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1, line.indexOf('}')));
                assertThat(seen.get(seq)).as("%s %d was there", lane, seq).isFalse();
                seen.set(seq);
            }
            onAnswer.accept(FakeCore.status(200));
        }

        private static String plain(Body body) {
            byte[] bytes =
                    body.coding() == ContentCoding.ZSTD ? Zstd.decompress(body.bytes(), MAX_PLAIN) : body.bytes();
            return new String(bytes, StandardCharsets.US_ASCII);
        }

        long taken(Lane lane) {
            BitSet seen = taken.get(lane);
            return seen == null ? 0 : seen.cardinality();
        }

        @Override
        public boolean refreshCredentials() {
            return false;
        }

        @Override
        public long certificateExpiresMs() {
            return 0;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void open() throws Exception {
        BufferConfig config = new BufferConfig(
                "0000aaaa",
                1,
                BufferConfig.MIN_MEMORY_BYTES,
                BufferConfig.MIN_MEMORY_BYTES / 5 * 4,
                FullPolicy.DROP_OLDEST,
                Duration.ofMillis(100),
                8,
                dir,
                DISK_BYTES,
                Durability.OVERFLOW,
                Duration.ofMillis(500),
                null);
        buffer = EventBuffer.open(config, () -> nowNs, () -> TimeUnit.NANOSECONDS.toMillis(nowNs));
        spill = buffer.spillAgent();
        TransportConfig delivery =
                TransportConfig.defaults("p1", List.of(URI.create("http://core:1")), dir.resolve("quarantine"));
        transport = new Transport(delivery, buffer, buffer::deliveryUnavailable, core, () -> 0.5);
        LevelConfig d = LevelConfig.defaults();
        LevelConfig levels = new LevelConfig(Duration.ofSeconds(20), d.delivered(), d.latenciesMs(), d.backlog());
        Pressure.Gauges gauges = new Pressure.Gauges(
                buffer::ledger, buffer::stats, () -> transport.statistics().requestDurations());
        pressure = new Pressure(levels, SamplingConfig.defaults(), gauges, admission);
    }

    @AfterEach
    void close() throws Exception {
        transport.onClose();
        buffer.close();
    }

    private void run(Duration time, boolean capturing) throws Exception {
        long endNs = nowNs + time.toNanos();
        for (; nowNs < endNs; nowNs += STEP_NS) {
            if (capturing) {
                MADE.forEach(this::offer);
            }
            buffer.sink(0).onTick(nowNs);
            workUntilIdle();
            pressure.doWork(nowNs);
            if (pressure.level() != levelBefore) {
                levelBefore = pressure.level();
                levelChanges.add(nowNs);
            }
            BufferStats stats = buffer.stats();
            assertThat(stats.disk().usedBytes()).isLessThanOrEqualTo(DISK_BYTES);
            assertThat(stats.memory().usedBytes())
                    .isLessThanOrEqualTo(stats.memory().capacityBytes());
        }
    }

    private void workUntilIdle() throws Exception {
        int work = 1;
        for (int i = 0; i < 100 && work > 0; i++) {
            work = spill.doWork() + transport.doWork(nowNs);
        }
    }

    /** As the writer of events does: a share by chance, then the event with its number. */
    private void offer(Lane lane, int events) {
        EventSink sink = buffer.sink(0);
        for (int i = 0; i < events; i++) {
            int share = admission.share(lane);
            if (share < Admission.ALL && random.nextInt(Admission.ALL) >= share) {
                sink.refuse(lane, share == Admission.NONE ? DropReason.SHED : DropReason.SAMPLED);
                continue;
            }
            String event = "{\"x\":\"" + padding() + "\",\"probe\":{\"seq\":" + sink.nextSeq(lane) + "}}";
            byte[] bytes = event.getBytes(StandardCharsets.US_ASCII);
            sink.offer(lane, new UnsafeBuffer(bytes), 0, bytes.length);
        }
    }

    /** Does not compress well. */
    private String padding() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            text.append(Long.toHexString(random.nextLong()));
        }
        return text.toString();
    }

    private LaneLedger lane(Lane lane) {
        return buffer.ledger().lane(lane);
    }

    @Test
    void highLosesNothingLowGoesFirstAndAllThatIsKeptArrives() throws Exception {
        run(Duration.ofMinutes(1), true);
        assertThat(pressure.level()).isEqualTo(Level.OVERLOAD);
        assertThat(buffer.ledger().total(LaneLedger::droppedTotal))
                .as("while the disk has room")
                .isZero();

        while (lane(Lane.NORMAL).droppedTotal() == 0 && lane(Lane.LOW).dropped(DropReason.SHED) == 0) {
            run(Duration.ofSeconds(1), true);
        }
        run(Duration.ofMinutes(2), true);
        assertThat(lane(Lane.LOW).dropped(DropReason.SHED)).as("LOW goes first").isPositive();
        assertThat(lane(Lane.LOW).droppedTotal())
                .isGreaterThan(lane(Lane.NORMAL).droppedTotal());
        assertThat(lane(Lane.HIGH).droppedTotal()).isZero();

        core.recovered = true;
        run(Duration.ofMinutes(4), true);
        assertThat(pressure.level()).isEqualTo(Level.HEALTHY);
        buffer.sink(0).flush();
        run(Duration.ofSeconds(5), false);

        LedgerSnapshot end = buffer.ledger();
        assertThat(end.isDrained()).isTrue();
        assertThat(end.imbalance()).isZero();
        for (Lane lane : Lane.values()) {
            LaneLedger ledger = end.lane(lane);
            assertThat(core.taken(lane)).isEqualTo(ledger.acked()).isEqualTo(ledger.accepted() - ledger.droppedTotal());
        }
        assertThat(end.lane(Lane.HIGH).droppedTotal()).isZero();
        assertThat(levelChanges).hasSizeGreaterThanOrEqualTo(2);
        for (int i = 2; i < levelChanges.size(); i++) {
            assertThat(levelChanges.get(i) - levelChanges.get(i - 2)).isGreaterThanOrEqualTo(60_000_000_000L);
        }
    }
}
