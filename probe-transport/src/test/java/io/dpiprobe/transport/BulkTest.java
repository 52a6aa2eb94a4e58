// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Settlement;
import io.dpiprobe.transport.FakeBulk.Verdict;
import io.dpiprobe.transport.gate.GateConfig;
import io.dpiprobe.transport.wire.ContentCoding;
import io.dpiprobe.transport.wire.Format;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CORE_FORMAT=elasticsearch} over a real socket. */
class BulkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Verdict TOO_LARGE = new Verdict(413, Map.of(), "");

    @TempDir
    Path dir;

    private final FakeSource source = new FakeSource();
    private FakeBulk bulk;
    private Transport transport;

    @BeforeEach
    void open() throws Exception {
        bulk = FakeBulk.open();
        GateConfig d = GateConfig.defaults();
        GateConfig quick = new GateConfig(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                0,
                d.failureThreshold(),
                d.successThreshold(),
                Duration.ofMillis(5),
                Duration.ofMillis(5),
                0);
        TransportConfig config = new TransportConfig(
                "p1",
                List.of(URI.create(bulk.url())),
                new TransportConfig.Wire(
                        Format.ELASTICSEARCH, TransportConfig.Wire.bulkPath("dpi-probe"), ContentCoding.GZIP),
                quick,
                4,
                1 << 20,
                PATIENCE,
                PATIENCE,
                TransportConfig.Security.NONE,
                dir,
                1 << 20);
        transport = Transport.open(config, source, unavailable -> {});
    }

    @AfterEach
    void close() {
        transport.onClose();
        bulk.close();
    }

    private void deliver() {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (!source.isDrained()) {
            transport.doWork();
            Thread.onSpinWait();
            assertThat(System.nanoTime()).as("delivered in time").isLessThan(endNs);
        }
    }

    /** Traffic goes on meanwhile: what Core makes of other events decides what is wrong with one that it refuses. */
    private void deliverWithTraffic() {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        long addedNs = System.nanoTime();
        long intervalNs = TimeUnit.MILLISECONDS.toNanos(100);
        while (!source.isDrained()) {
            transport.doWork();
            if (System.nanoTime() - addedNs > intervalNs) {
                source.add(1);
                addedNs = System.nanoTime();
                intervalNs += intervalNs / 4; // on a busy machine it must come to an end too
            }
            Thread.onSpinWait();
            assertThat(System.nanoTime()).as("delivered in time").isLessThan(endNs);
        }
    }

    private static String id(int seq) {
        return "p1-0000aaaa-high-0-" + seq;
    }

    @Test
    void createsEachEventUnderItsIdentity() {
        source.add(3);
        source.add(2, Encoding.ZSTD);

        deliver();

        assertThat(bulk.documents().keySet()).containsExactlyInAnyOrder(id(1), id(2), id(3), id(4), id(5));
        assertThat(bulk.documents())
                .hasEntrySatisfying(
                        id(5),
                        event -> assertThat(event.at("/probe/seq").asInt()).isEqualTo(5));
        assertThat(source.settlements()).containsOnly(new Settlement(3, 0, 0), new Settlement(2, 0, 0));
    }

    @Test
    void takesAConflictForAnAckBecauseTheEventIsThere() {
        AtomicInteger times = new AtomicInteger();
        // It stores everything and loses its answer.
        source.add(10);
        bulk.rule(ids -> {
            if (times.getAndIncrement() == 0) {
                ids.forEach(id -> bulk.documents().put(id, com.fasterxml.jackson.databind.node.NullNode.instance));
                return new Verdict(502, Map.of(), "");
            }
            return Verdict.ALL_FINE;
        });

        deliver();

        assertThat(bulk.requests()).hasSize(2);
        assertThat(source.settlements()).containsExactly(new Settlement(10, 0, 0));
    }

    @Test
    void sendsAgainWhatItHadNoRoomForAndSettlesTheBatchOnlyThen() {
        source.add(10);
        AtomicInteger times = new AtomicInteger();
        bulk.rule(ids -> {
            assertThat(source.settlements()).isEmpty();
            return times.getAndIncrement() < 3 ? Verdict.items(Map.of(id(4), 429, id(7), 503)) : Verdict.ALL_FINE;
        });

        deliver();

        assertThat(bulk.requests().get(1)).containsExactly(id(4), id(5), id(6), id(7));
        assertThat(bulk.documents()).hasSize(10);
        assertThat(source.settlements()).containsExactly(new Settlement(10, 0, 0));
        assertThat(transport.statistics().backpressureSignals().get("body")).isEqualTo(3);
    }

    @Test
    void quarantinesWhatItRefusesForGood() throws Exception {
        source.add(10);
        bulk.rule(ids -> Verdict.items(Map.of(id(4), 400)));

        deliver();

        assertThat(source.settlements()).containsExactly(new Settlement(9, 1, 0));
        assertThat(Files.readString(dir.resolve(Quarantine.FILE)))
                .contains("\"reason\":\"type_400\"", "\"seq\":4")
                .hasLineCount(1);
    }

    @Test
    void halvesWhatIsTooLargeAndRemembersIt() {
        source.add(100);
        source.add(100);
        bulk.rule(ids -> ids.size() > 30 ? TOO_LARGE : Verdict.ALL_FINE);

        deliver();

        assertThat(bulk.documents()).hasSize(200);
        assertThat(bulk.requests().stream().filter(ids -> ids.size() > 30)).hasSizeLessThanOrEqualTo(6);
        assertThat(source.settlements()).containsOnly(new Settlement(100, 0, 0));
    }

    @Test
    void quarantinesASingleEventThatIsTooLarge() throws Exception {
        source.add(10);
        bulk.rule(ids -> ids.contains(id(4)) ? TOO_LARGE : Verdict.ALL_FINE);

        deliverWithTraffic();

        assertThat(bulk.documents()).doesNotContainKey(id(4)).containsKeys(id(3), id(5), id(10));
        assertThat(source.settlements()).contains(new Settlement(9, 1, 0));
        assertThat(Files.readString(dir.resolve(Quarantine.FILE)))
                .contains("\"reason\":\"oversize\"", "\"seq\":4")
                .hasLineCount(1);
    }

    @Test
    void findsThePoisonOfARequestThatIsRefusedAsAWhole() throws Exception {
        source.add(64);
        bulk.rule(ids -> ids.contains(id(41)) ? new Verdict(400, Map.of(), "") : Verdict.ALL_FINE);

        deliverWithTraffic();

        assertThat(source.settlements()).contains(new Settlement(63, 1, 0));
        assertThat(Files.readString(dir.resolve(Quarantine.FILE)))
                .contains("\"reason\":\"http_400\"", "\"seq\":41")
                .hasLineCount(1);
    }

    @Test
    void keepsEverythingWhileTheIndexRefusesWrites() {
        source.add(5);
        AtomicInteger times = new AtomicInteger();
        bulk.rule(ids -> {
            Map<String, Integer> blocked = new HashMap<>();
            ids.forEach(id -> blocked.put(id, 403));
            return times.getAndIncrement() < 4 ? Verdict.items(blocked) : Verdict.ALL_FINE;
        });

        deliver();

        assertThat(bulk.requests()).hasSize(5);
        assertThat(source.settlements()).containsExactly(new Settlement(5, 0, 0));
    }

    @Test
    void anAnswerThatDoesNotSayWhatBecameOfEachIsNoAck() {
        source.add(5);
        List<String> bodies = List.of(
                "{\"errors\":true}",
                "{\"errors\":true,\"items\":[",
                "<html>",
                "{\"took\":1}",
                "{\"errors\":true,\"items\":[{\"create\":{\"status\":201}}]}");
        AtomicInteger times = new AtomicInteger();
        bulk.rule(ids -> {
            int turn = times.getAndIncrement();
            return turn < bodies.size() ? new Verdict(200, Map.of(), bodies.get(turn)) : Verdict.ALL_FINE;
        });

        deliver();

        assertThat(bulk.requests()).hasSize(bodies.size() + 1);
        assertThat(bulk.requests().get(bodies.size()))
                .as("of the last answer, one was an ack")
                .hasSize(4);
        assertThat(source.settlements()).containsExactly(new Settlement(5, 0, 0));
    }

    @Test
    void whateverItAnswersEachEventIsStoredOrQuarantinedOnceAndNothingIsForgotten() throws Exception {
        Random random = new Random(42);
        int batches = 20;
        int events = 50;
        for (int i = 0; i < batches; i++) {
            source.add(events, i % 2 == 0 ? Encoding.PLAIN : Encoding.ZSTD);
        }
        int[] statuses = {201, 201, 201, 201, 429, 503, 409};
        bulk.rule(ids -> {
            synchronized (random) {
                if (random.nextInt(10) == 0) {
                    return new Verdict(new int[] {429, 500, 503}[random.nextInt(3)], Map.of(), "");
                }
                Map<String, Integer> items = new HashMap<>();
                for (String id : ids) {
                    int status = statuses[random.nextInt(statuses.length)];
                    boolean known = bulk.documents().containsKey(id);
                    boolean poison = id.endsWith("13");
                    items.put(id, poison ? 400 : status == 409 && !known ? 429 : status);
                }
                return Verdict.items(items);
            }
        });

        deliverWithTraffic();

        int stored = bulk.documents().size();
        int quarantined =
                source.settlements().stream().mapToInt(Settlement::quarantined).sum();
        assertThat(stored + quarantined).isGreaterThanOrEqualTo(batches * events);
        for (int seq = 1; seq <= stored + quarantined; seq++) {
            assertThat(bulk.documents().containsKey(id(seq)))
                    .as("%d is stored", seq)
                    .isEqualTo(seq % 100 != 13);
        }
        assertThat(source.settlements().stream().mapToInt(Settlement::acked).sum())
                .isEqualTo(stored);
        assertThat(Files.readString(dir.resolve(Quarantine.FILE))).hasLineCount(quarantined);
    }
}
