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

    @TempDir
    Path dir;

    /** Numbers batches of one event, and asserts that each is settled once. */
    private static final class OneByOne implements BatchSource {
        private int polled;
        private int settled;

        @Override
        public @Nullable Batch poll() {
            return polled < BATCHES ? new Single(++polled) : null;
        }

        @Override
        public void settle(Batch batch, Settlement settlement) {
            assertThat(settlement).isEqualTo(new Settlement(1, 0, 0));
            settled++;
            assertThat(settled).isLessThanOrEqualTo(polled);
        }

        @Override
        public void giveBack(Batch batch) {
            throw new AssertionError("nothing is to be given back");
        }
    }

    private record Single(long firstSeq) implements Batch {
        private byte[] bytes() {
            String event = "{\"probe\":{\"id\":\"p\",\"epoch\":\"0000aaaa\",\"lane\":\"high\",\"worker\":0,\"seq\":";
            return (event + firstSeq + "}}\n").getBytes(StandardCharsets.UTF_8);
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
            return firstSeq;
        }

        @Override
        public int count() {
            return 1;
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
        deliver(List.of());
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
                "500:for=300ms"
            })
    void deliversEverythingOnceThoughCoreFails(String fault) throws Exception {
        deliver(List.of(Fault.parse(fault)));
    }

    private void deliver(List<Fault> faults) throws Exception {
        try (ReferenceCore core =
                ReferenceCore.open(CoreConfig.local(dir.resolve("store")).withFaults(faults))) {
            OneByOne source = new OneByOne();
            Transport transport = Transport.open(config(core), source, unavailable -> {});
            long endNs = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (source.settled < BATCHES) {
                transport.doWork();
                Thread.onSpinWait();
                assertThat(System.nanoTime()).as("delivered in time").isLessThan(endNs);
            }
            transport.onClose();
            assertThat(core.storedEvents()).isEqualTo(BATCHES);
            assertThat(transport.statistics().eventsDelivered()).isEqualTo(BATCHES);
        }
    }

    private TransportConfig config(ReferenceCore core) {
        TransportConfig d = TransportConfig.defaults("p", List.of(URI.create(core.url())), dir.resolve("quarantine"));
        return new TransportConfig(
                d.probeId(),
                d.urls(),
                d.wire(),
                d.gate(),
                d.maxInFlight(),
                d.batchMaxBytes(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                d.security(),
                d.quarantineDir(),
                d.quarantineMaxBytes());
    }
}
