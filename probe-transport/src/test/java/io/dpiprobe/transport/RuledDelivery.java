// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.transport.gate.GateConfig;
import io.dpiprobe.transport.wire.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

/** A transport before a Core that answers by a rule, on virtual time. */
abstract class RuledDelivery {
    static final Answer REFUSED = Answer.failed(new ConnectException("refused"));

    @TempDir
    Path dir;

    final FakeSource source = new FakeSource();
    final List<Boolean> availability = new ArrayList<>();
    final List<Long> attemptsMs = new ArrayList<>();
    long nowNs = TimeUnit.DAYS.toNanos(7);

    TransportConfig config(String... urls) {
        TransportConfig d = TransportConfig.defaults(
                "p1", List.of(urls).stream().map(URI::create).toList(), dir);
        GateConfig exact = new GateConfig(
                Duration.ofMillis(100),
                Duration.ofSeconds(30),
                0,
                5,
                2,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                0);
        return new TransportConfig(
                d.probeId(),
                d.urls(),
                d.wire(),
                exact,
                d.maxInFlight(),
                d.batchMaxBytes(),
                d.connectTimeout(),
                d.requestTimeout(),
                d.security(),
                d.quarantineDir(),
                d.quarantineMaxBytes());
    }

    Transport transport(FakeCore core, String... urls) {
        String[] all = urls.length == 0 ? new String[] {"http://core:1"} : urls;
        return new Transport(config(all), source, availability::add, core, () -> 0.5);
    }

    /** Runs cycles 1 ms apart and notes when requests were made. */
    void run(Transport transport, FakeCore core, Duration time) {
        long endNs = nowNs + time.toNanos();
        for (; nowNs < endNs; nowNs += TimeUnit.MILLISECONDS.toNanos(1)) {
            int before = core.requests().size();
            int limit = 1000;
            while (transport.doWork(nowNs) > 0 && limit > 0) {
                limit--;
            }
            assertThat(limit).as("requests without a pause").isPositive();
            for (int i = before; i < core.requests().size(); i++) {
                attemptsMs.add(TimeUnit.NANOSECONDS.toMillis(nowNs));
            }
        }
    }

    FakeCore deliver(Function<FakeCore.Request, Answer> rule, Duration time) {
        FakeCore core = new FakeCore(rule);
        run(transport(core), core, time);
        return core;
    }

    List<Long> gapsMs() {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < attemptsMs.size(); i++) {
            gaps.add(attemptsMs.get(i) - attemptsMs.get(i - 1));
        }
        return gaps;
    }

    List<String> quarantined() throws IOException {
        return Files.readAllLines(dir.resolve(Quarantine.FILE));
    }
}
