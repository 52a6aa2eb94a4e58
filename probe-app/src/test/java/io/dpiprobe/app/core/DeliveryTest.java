// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.BatchSource;
import io.dpiprobe.buffer.Encoding;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.Settlement;
import io.dpiprobe.transport.Transport;
import io.dpiprobe.transport.TransportConfig;
import io.dpiprobe.transport.gate.GateConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport against the reference Core over real sockets. */
class DeliveryTest {
    private static final int BATCHES = 20;
    private static final int EVENTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    /** Numbers batches of a few events, and asserts that each is settled once. */
    private static final class OneByOne implements BatchSource {
        private int polled;
        private int settled;
        private int quarantined;

        @Override
        public @Nullable Batch poll() {
            return polled < BATCHES ? new Few(1L + EVENTS * polled++) : null;
        }

        @Override
        public void settle(Batch batch, Settlement settlement) {
            assertThat(settlement.total()).isEqualTo(EVENTS);
            quarantined += settlement.quarantined();
            settled++;
            assertThat(settled).isLessThanOrEqualTo(polled);
        }

        @Override
        public void giveBack(Batch batch) {
            throw new AssertionError("nothing is to be given back");
        }
    }

    private record Few(long firstSeq) implements Batch {
        private byte[] bytes() {
            String event = "{\"probe\":{\"id\":\"p\",\"epoch\":\"0000aaaa\",\"lane\":\"high\",\"worker\":0,\"seq\":";
            StringBuilder text = new StringBuilder();
            for (long seq = firstSeq; seq <= lastSeq(); seq++) {
                text.append(event).append(seq).append("}}\n");
            }
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String epoch() {
            return "0000aaaa";
        }

        @Override
        public Lane lane() {
            return Lane.HIGH;
        }

        @Override
        public int worker() {
            return 0;
        }

        @Override
        public long lastSeq() {
            return firstSeq + EVENTS - 1;
        }

        @Override
        public int count() {
            return EVENTS;
        }

        @Override
        public DirectBuffer payload() {
            return new UnsafeBuffer(bytes());
        }

        @Override
        public long ageNs(long nowNs, long wallMs) {
            return 0;
        }

        @Override
        public int payloadLength() {
            return bytes().length;
        }

        @Override
        public Encoding encoding() {
            return Encoding.PLAIN;
        }

        @Override
        public int plainLength() {
            return payloadLength();
        }
    }

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
            OneByOne source = new OneByOne();
            Transport transport = Transport.open(config(core, timeout), source, unavailable -> {});
            long endNs = System.nanoTime() + PATIENCE.toNanos();
            while (source.settled < BATCHES) {
                transport.doWork();
                Thread.onSpinWait();
                assertThat(System.nanoTime()).as("delivered in time").isLessThan(endNs);
            }
            transport.onClose();
            assertThat(core.storedEvents()).isEqualTo(BATCHES * EVENTS - source.quarantined);
            assertThat(transport.statistics().eventsDelivered()).isEqualTo(BATCHES * EVENTS - source.quarantined);
            return source.quarantined;
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
