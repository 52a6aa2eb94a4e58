// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static io.dpiprobe.transport.FakeCore.retryAfter;
import static io.dpiprobe.transport.FakeCore.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Settlement;
import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.ContentCoding;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of DESIGN 7.1, on virtual time. */
class TransportTest extends RuledDelivery {
    @Test
    void acksWhatCoreTook() {
        source.add(3);
        source.add(2, Encoding.ZSTD);
        FakeCore core = deliver(request -> status(200), Duration.ofMillis(5));
        assertThat(source.isDrained()).isTrue();
        assertThat(source.settlements()).containsExactly(new Settlement(3, 0, 0), new Settlement(2, 0, 0));
        assertThat(core.taken()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void repeatsAfter429OnTheExactScheduleWithoutOpeningTheBreaker() {
        source.add(1);
        FakeCore core = new FakeCore(request -> status(429));
        Transport transport = transport(core);
        run(transport, core, Duration.ofSeconds(150));
        assertThat(gapsMs())
                .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 12800L, 25600L, 30000L, 30000L, 30000L);
        assertThat(transport.statistics().breakerTransitions()).containsEntry("open", 0L);
        assertThat(transport.statistics().backpressureActive()).isTrue();
        assertThat(availability).isEmpty();
    }

    @Test
    @Tag("limit:BACKOFF_MAX_MS")
    void repeatsAgainstADeadCoreOnTheSameScheduleAndTellsTheBuffer() {
        source.add(1);
        FakeCore core = new FakeCore(request -> REFUSED);
        Transport transport = transport(core);
        run(transport, core, Duration.ofSeconds(90));
        assertThat(gapsMs()).containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 12800L, 25600L, 30000L);
        assertThat(transport.statistics().breakerTransitions()).containsEntry("open", 7L);
        assertThat(availability.get(0)).isTrue();
    }

    @Test
    void countsABurstOfFailuresOnce() {
        for (int i = 0; i < 20; i++) {
            source.add(1);
        }
        deliver(request -> REFUSED, Duration.ofMillis(350));
        assertThat(attemptsMs).hasSize(8 + 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
    void waitsAsLongAsRetryAfterSays(int status) {
        source.add(1);
        deliver(request -> request.attempt() == 1 ? retryAfter(status, "2") : status(204), Duration.ofSeconds(3));
        assertThat(gapsMs()).containsExactly(2000L);
        assertThat(source.isDrained()).isTrue();
    }

    @Test
    void recoversAfterAnOutage() {
        for (int i = 0; i < 50; i++) {
            source.add(2);
        }
        long upNs = nowNs + TimeUnit.SECONDS.toNanos(20);
        FakeCore core = deliver(request -> nowNs < upNs ? REFUSED : status(200), Duration.ofSeconds(40));
        assertThat(source.isDrained()).isTrue();
        assertThat(core.taken()).hasSize(100);
        assertThat(availability).containsExactly(true, false);
    }

    @Test
    void keepsABatchThatTheBodyDoesNotAccept() {
        source.add(1);
        deliver(
                request -> request.attempt() < 3 ? status(200, "{\"status\":\"BACKPRESSURE\"}") : status(200),
                Duration.ofSeconds(1));
        assertThat(gapsMs()).containsExactly(100L, 200L);
        assertThat(source.settlements()).containsExactly(new Settlement(1, 0, 0));
    }

    @Test
    void acksAndPacesUnderTheBackpressureHeader() {
        source.add(1);
        FakeCore core = new FakeCore(request -> new Answer(200, null, null, true, new byte[0], null));
        Transport transport = transport(core);
        run(transport, core, Duration.ofMillis(1));
        source.add(1);
        source.add(1);
        run(transport, core, Duration.ofSeconds(1));
        assertThat(gapsMs()).containsExactly(100L, 200L);
        assertThat(source.isDrained()).isTrue();
        assertThat(transport.statistics().backpressureSignals()).containsEntry("header", 3L);
    }

    @Test
    void sendsAgainWhatIsBehindTheAckFrontier() {
        source.add(10);
        FakeCore core = deliver(
                request -> request.seqs().get(0) == 1
                        ? status(200, "{\"status\":\"OK\",\"acked_through\":4}")
                        : status(200),
                Duration.ofSeconds(1));
        assertThat(core.requests().get(1).seqs()).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(source.settlements()).containsExactly(new Settlement(10, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"bad_timestamp, bad_timestamp", "no such user: x, rejected", "'a\nb', rejected"})
    void quarantinesWhatCoreRejectsOfABatch(String code, String reason) throws IOException {
        source.add(5);
        deliver(
                request -> status(
                        200,
                        "{\"status\":\"PARTIAL\",\"acked_through\":99,\"rejected\":[{\"seq\":3,\"code\":\""
                                + code.replace("\n", "\\n") + "\"}]}"),
                Duration.ofMillis(3));
        assertThat(source.settlements()).containsExactly(new Settlement(4, 1, 0));
        assertThat(quarantined())
                .containsExactly("{\"reason\":\"" + reason + "\",\"event\":" + FakeSource.event(3) + "}");
    }

    @Test
    void waitsForNothingBeforeTheFirstAttempt() {
        Transport transport = transport(new FakeCore(request -> status(200)));
        transport.doWork(nowNs);
        assertThat(transport.statistics().backoffSeconds()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 401, 403, 404, 405, 407, 418})
    void holdsAndKeepsEverythingOnConfigurationErrors(int status) {
        source.add(1);
        FakeCore core = deliver(request -> status(request.attempt() < 4 ? status : 200), Duration.ofSeconds(100));
        assertThat(gapsMs()).containsExactly(30_000L, 30_000L, 30_000L);
        assertThat(core.taken()).hasSize(1);
        assertThat(availability).containsExactly(true, false);
    }

    @Test
    void fallsBackToACodingThatCoreUnderstands() {
        source.add(3, Encoding.ZSTD);
        source.add(3);
        FakeCore core =
                deliver(request -> status(request.coding() == ContentCoding.NONE ? 200 : 415), Duration.ofSeconds(1));
        assertThat(core.taken()).hasSize(6);
        assertThat(core.requests()).extracting(FakeCore.Request::coding).contains(ContentCoding.GZIP);
    }

    @Test
    void usesTheNextCoreWhileTheFirstIsAway() {
        for (int i = 0; i < 30; i++) {
            source.add(1);
        }
        FakeCore core = new FakeCore(request -> request.url().host().equals("a") ? REFUSED : status(200));
        run(transport(core, "http://a:1", "http://b:1/base/"), core, Duration.ofSeconds(10));
        assertThat(core.taken()).hasSize(30);
        assertThat(core.requests().get(core.requests().size() - 1).url().host()).isIn("a", "b");
        assertThat(core.requests()).extracting(r -> r.url().encodedPath()).contains("/v1/events", "/base/v1/events");
    }

    @Test
    void usesTheNextCoreWhileTheFirstIsMisconfigured() {
        for (int i = 0; i < 5; i++) {
            source.add(1);
        }
        FakeCore core = new FakeCore(request -> status(request.url().host().equals("a") ? 401 : 200));
        run(transport(core, "http://a:1", "http://b:1"), core, Duration.ofSeconds(10));
        assertThat(core.taken()).hasSize(5);
        assertThat(availability).isEmpty();
    }

    @Test
    void triesAgainWithASmallBatch() {
        source.add(1000);
        long upNs = nowNs + TimeUnit.SECONDS.toNanos(10);
        FakeCore core = deliver(request -> nowNs < upNs ? REFUSED : status(200), Duration.ofSeconds(30));
        assertThat(core.taken()).hasSize(1000);
        assertThat(core.requests().stream().filter(request -> request.attempt() > 5))
                .allMatch(request -> request.seqs().size() < 200);
    }

    @Test
    void losesNothingWithAFlappingCore() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            source.add(1 + random.nextInt(20));
        }
        int[] statuses = {200, 429, 503, 408, 200, 413, 400, 200, 415, 401, 500, 200};
        long calmNs = nowNs + TimeUnit.MINUTES.toNanos(5);
        FakeCore core =
                new FakeCore(request -> status(nowNs < calmNs ? statuses[random.nextInt(statuses.length)] : 200));
        run(transport(core), core, Duration.ofMinutes(7));
        int settled = source.settlements().stream().mapToInt(Settlement::total).sum();
        int acked = source.settlements().stream().mapToInt(Settlement::acked).sum();
        assertThat(source.isDrained()).as("seed " + seed).isTrue();
        assertThat(core.taken()).as("seed " + seed).hasSize(acked);
        assertThat(acked).as("seed " + seed).isBetween(settled / 2, settled);
    }

    @Test
    void givesBackWhatIsNotDeliveredWhenItCloses() {
        source.add(1);
        FakeCore core = new FakeCore(request -> REFUSED);
        Transport transport = transport(core);
        run(transport, core, Duration.ofMillis(3));
        transport.onClose();
        assertThat(source.returned()).isEqualTo(1);
        assertThat(source.isDrained()).isTrue();
    }
}
