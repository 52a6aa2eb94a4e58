// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static io.dpiprobe.transport.FakeCore.retryAfter;
import static io.dpiprobe.transport.FakeCore.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.transport.wire.Answer;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a backlog takes to drain once Core is well again, for each way in which it was not, on virtual time. */
class DrainTest {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration TRIP = Duration.ofMillis(5);
    private static final int BATCHES = 150;
    private static final int EVENTS = 250;

    private static final Map<String, Answer> FAULTS = Map.of(
            "429", status(429),
            "429 with Retry-After", retryAfter(429, "1"),
            "503", status(503),
            "close", RuledDelivery.REFUSED,
            "hang", Answer.failed(new SocketTimeoutException("timeout")),
            "header", new Answer(200, null, null, true, new byte[0], null),
            "body", status(200, "{\"status\":\"BACKPRESSURE\"}"),
            "413", status(413),
            "400", status(400));

    @TempDir
    Path dir;

    private final FakeSource source = new FakeSource();
    private boolean isWell;
    private long nowNs = TimeUnit.DAYS.toNanos(7);

    /** With the defaults of the configuration. The waits are those of backoff, of a request's timeout, and of a hold. */
    @ParameterizedTest(name = "{0} for {1} s: at most {2} s")
    @CsvSource({
        "429, 4, 3",
        "429, 120, 35",
        "429 with Retry-After, 4, 3",
        "503, 4, 5",
        "503, 120, 40",
        "close, 4, 5",
        "close, 120, 40",
        "hang, 4, 30",
        "header, 4, 3",
        "body, 4, 3",
        "413, 4, 35",
        "413, 120, 40",
        "400, 4, 30",
    })
    void drainsABacklogSecondsAfter(String fault, int faultSeconds, int drainSeconds) {
        for (int i = 0; i < BATCHES; i++) {
            source.add(EVENTS);
        }
        FakeCore core = new FakeCore(request -> isWell ? status(200) : Objects.requireNonNull(FAULTS.get(fault)));
        DistantCore distant = new DistantCore(core);
        TransportConfig config = TransportConfig.defaults("p1", List.of(URI.create("http://core:1")), dir);
        Transport transport = new Transport(config, source, away -> {}, distant, () -> 0.5);
        distant.takes(fault.equals("hang") ? config.requestTimeout() : TRIP);
        run(transport, distant, Duration.ofSeconds(faultSeconds));
        assertThat(source.isDrained()).as("while the fault lasted").isFalse();
        isWell = true;
        distant.takes(TRIP);
        run(transport, distant, Duration.ofSeconds(drainSeconds));
        assertThat(source.isDrained()).isTrue();
        assertThat(core.taken()).hasSize(BATCHES * EVENTS);
    }

    private void run(Transport transport, DistantCore core, Duration time) {
        for (long endNs = nowNs + time.toNanos(); nowNs < endNs && !source.isDrained(); nowNs += STEP_NS) {
            core.arrive(nowNs);
            transport.doWork(nowNs);
        }
    }
}
