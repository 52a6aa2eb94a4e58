// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.transport.Transport;
import io.dpiprobe.transport.TransportConfig;
import io.dpiprobe.transport.gate.GateConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport against the reference Core over real sockets. */
class DeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    @Test
    void deliversEverythingOnce() throws Exception {
        assertThat(deliver(List.of(), PATIENCE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "429:requests=2",
                "429,retry-after=1:requests=1",
                "503,retry-after=0:requests=2",
                "header:requests=3",
                "body:requests=2",
                "close:requests=2",
                "hang:requests=1",
                "500:for=300ms",
                "partial:requests=3",
                "overclaim:requests=3",
                "lost:requests=2",
                "stall:requests=1",
                "slow:requests=1",
                "endless:requests=1",
                "truncated:requests=2",
                "huge-header:requests=2",
                "garbage:requests=3",
                "413:requests=2",
                "400:requests=2",
                "415:requests=1",
                "401:requests=1"
            })
    void deliversEverythingOnceThoughCoreFails(String fault) throws Exception {
        assertThat(deliver(List.of(Fault.parse(fault)), Duration.ofSeconds(1))).isZero();
    }

    @Test
    void putsAsideWhatCoreRefuses() throws Exception {
        assertThat(deliver(List.of(Fault.parse("reject:requests=3")), PATIENCE)).isEqualTo(3);
    }

    /** Returns how many events were put aside. */
    private int deliver(List<Fault> faults, Duration timeout) throws Exception {
        try (ReferenceCore core =
                ReferenceCore.open(CoreConfig.local(dir.resolve("store")).withFaults(faults))) {
            NumberedBatches source = new NumberedBatches();
            Transport transport = Transport.open(config(core, timeout), source, unavailable -> {});
            long endNs = System.nanoTime() + PATIENCE.toNanos();
            while (!source.isSettled()) {
                transport.doWork();
                Thread.onSpinWait();
                assertThat(System.nanoTime()).as("delivered in time").isLessThan(endNs);
            }
            transport.onClose();
            assertThat(core.storedEvents())
                    .isEqualTo(NumberedBatches.BATCHES * NumberedBatches.EVENTS - source.quarantined());
            assertThat(transport.statistics().eventsDelivered())
                    .isEqualTo(NumberedBatches.BATCHES * NumberedBatches.EVENTS - source.quarantined());
            return source.quarantined();
        }
    }

    private TransportConfig config(ReferenceCore core, Duration timeout) {
        TransportConfig d = TransportConfig.defaults("p", List.of(URI.create(core.url())), dir.resolve("quarantine"));
        return new TransportConfig(
                d.probeId(),
                d.urls(),
                d.wire(),
                new GateConfig(
                        Duration.ofMillis(10),
                        Duration.ofMillis(200),
                        0,
                        5,
                        2,
                        Duration.ofMillis(200),
                        Duration.ofMillis(100),
                        0),
                d.maxInFlight(),
                d.batchMaxBytes(),
                timeout,
                timeout,
                d.security(),
                d.quarantineDir(),
                d.quarantineMaxBytes());
    }
}
