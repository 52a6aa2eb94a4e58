// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static io.dpiprobe.transport.FakeCore.retryAfter;
import static io.dpiprobe.transport.FakeCore.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Settlement;
import io.dpiprobe.transport.FakeCore.Request;
import io.dpiprobe.transport.gate.GateConfig;
import io.dpiprobe.transport.wire.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that say odd things about time, or contradict themselves, on virtual time. */
class AnswersTest {
    @TempDir
    Path dir;

    private final FakeSource source = new FakeSource();
    private final List<Long> attemptsMs = new ArrayList<>();
    private long nowNs = TimeUnit.DAYS.toNanos(7);

    /** Cycles a millisecond apart; the rule is told which request of all this is, from 0. */
    private FakeCore deliver(Function<Integer, Answer> rule, Duration time) {
        return run(new FakeCore(request -> rule.apply(attemptsMs.size() - 1)), time);
    }

    private FakeCore run(FakeCore core, Duration time) {
        TransportConfig d = TransportConfig.defaults("p1", List.of(URI.create("http://core:1")), dir);
        GateConfig g = GateConfig.defaults();
        GateConfig exact = new GateConfig(
                g.backoffInitial(),
                g.backoffMax(),
                0,
                g.failureThreshold(),
                g.successThreshold(),
                g.recoveryTimeout(),
                g.holdPace(),
                0);
        TransportConfig config = new TransportConfig(
                "p1",
                d.urls(),
                d.wire(),
                exact,
                d.maxInFlight(),
                d.batchMaxBytes(),
                d.connectTimeout(),
                d.requestTimeout(),
                d.security(),
                dir,
                d.quarantineMaxBytes());
        Sender noting = new Noting(core);
        Transport transport = new Transport(config, source, away -> {}, noting, () -> 0.5);
        for (long endNs = nowNs + time.toNanos(); nowNs < endNs && !source.isDrained(); nowNs += 1_000_000) {
            while (transport.doWork(nowNs) > 0 && !source.isDrained()) {
                assertThat(attemptsMs.size()).isLessThan(100_000);
            }
        }
        return core;
    }

    private final class Noting implements Sender {
        private final FakeCore core;

        Noting(FakeCore core) {
            this.core = core;
        }

        @Override
        public void send(
                okhttp3.HttpUrl url,
                okhttp3.Headers head,
                io.dpiprobe.transport.wire.Body body,
                java.util.function.Consumer<Answer> onAnswer) {
            attemptsMs.add(TimeUnit.NANOSECONDS.toMillis(nowNs));
            core.send(url, head, body, onAnswer);
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

    private List<Long> gapsMs() {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < attemptsMs.size(); i++) {
            gaps.add(attemptsMs.get(i) - attemptsMs.get(i - 1));
        }
        return gaps;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seconds         | 7                             | 7000",
                "less than backoff | 0                           | 100",
                "negative        | -5                            | 100",
                "huge            | 99999999999999999999          | 300000",
                "a day           | 86400                         | 300000",
                "a fraction      | 1.5                           | 100",
                "garbage         | soon                          | 100",
                "date            | Sat, 21 Nov 2026 12:00:09 GMT | 9000",
                "past date       | Sat, 21 Nov 2026 11:00:00 GMT | 100",
                "far date        | Sat, 21 Nov 2099 12:00:00 GMT | 300000",
                "broken date     | Sat, 31 Feb 2026 12:00:00 GMT | 100",
            })
    void waitsAfter429AsRetryAfterSaysIfItMakesSense(String what, String value, long waitMs) {
        source.add(1);
        String date = "Sat, 21 Nov 2026 12:00:00 GMT";
        deliver(
                i -> i == 0 ? new Answer(429, value, date, false, new byte[0], null) : status(200),
                Duration.ofMinutes(6));
        assertThat(gapsMs()).as(what).containsExactly(waitMs);
        assertThat(source.isDrained()).isTrue();
    }

    @Test
    void anAckWithSignsOfPressureIsAnAckAndTheLongestOfTheWaitsHolds() {
        source.add(1);
        source.add(1);
        byte[] body = "{\"status\":\"BACKPRESSURE\",\"acked_through\":1,\"retry_after_ms\":4000}"
                .getBytes(StandardCharsets.UTF_8);
        deliver(i -> i == 0 ? new Answer(200, "2", null, true, body, null) : status(200), Duration.ofMinutes(1));
        assertThat(source.settlements()).hasSize(2);
        // Both were under way at once; had the first been refused, there would be a third request.
        assertThat(attemptsMs).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void okInTheBodyOfARefusalIsNoAck() {
        source.add(1);
        deliver(
                i -> i == 0 ? status(503, "{\"status\":\"OK\",\"acked_through\":99}") : status(200),
                Duration.ofMinutes(1));
        assertThat(attemptsMs).hasSize(2);
    }

    @Test
    void anAckOfMoreThanWasSentIsAnAckOfWhatWasSent() {
        source.add(3);
        source.add(3);
        FakeCore core = deliver(i -> status(200, "{\"acked_through\":999999}"), Duration.ofSeconds(10));
        assertThat(core.taken()).hasSize(6);
        assertThat(source.settlements()).containsExactly(new Settlement(3, 0, 0), new Settlement(3, 0, 0));
    }

    @Test
    void anAckOfNothingKeepsEverything() {
        source.add(3);
        deliver(i -> i < 3 ? status(200, "{\"acked_through\":0}") : status(200), Duration.ofMinutes(1));
        assertThat(gapsMs()).containsExactly(100L, 200L, 400L);
        assertThat(source.settlements()).containsExactly(new Settlement(3, 0, 0));
    }

    @Test
    void oneAnswerOfTwoDoesNotEndTheWaitThatTheOtherAskedFor() {
        source.add(1);
        source.add(1);
        source.add(1);
        deliver(i -> i == 0 ? retryAfter(429, "10") : status(200), Duration.ofMinutes(1));
        assertThat(source.isDrained()).isTrue();
        assertThat(gapsMs()).contains(10_000L);
    }

    @Test
    void findsOnePoisonousEventAtARandomPlaceInAMillion() throws Exception {
        long seed = System.nanoTime();
        int batches = 500;
        int events = 2000;
        long poison = 1L + new Random(seed).nextInt(batches * events);
        for (int i = 0; i < batches; i++) {
            source.add(events, Encoding.ZSTD);
        }
        FakeCore core = new FakeCore((Request request) -> request.seqs().contains(poison) ? status(422) : status(200));
        run(core, Duration.ofMinutes(10));

        assertThat(source.isDrained()).as("seed " + seed).isTrue();
        assertThat(core.taken()).hasSize(batches * events - 1);
        assertThat(core.taken().contains(poison)).isFalse();
        assertThat(Files.readString(dir.resolve(Quarantine.FILE)))
                .hasLineCount(1)
                .contains("\"seq\":" + poison + "}");
        assertThat(core.requests().size() - batches).as("requests to find it").isLessThan(60);
    }
}
