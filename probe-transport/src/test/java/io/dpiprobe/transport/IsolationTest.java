// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.Settlement;
import io.dpiprobe.transport.gate.GateConfig;
import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Body;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What breaks inside the probe between the transport's loop and the wire costs a request, never a batch. */
class IsolationTest {
    private static final Duration DEADLINE = Duration.ofMillis(300);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int BATCHES = 5;

    @TempDir
    Path dir;

    private final FakeSource source = new FakeSource();
    private int faults;

    private TransportConfig config(int port) {
        TransportConfig d = TransportConfig.defaults("p1", List.of(URI.create("http://core.example:" + port)), dir);
        GateConfig quick = new GateConfig(
                Duration.ofMillis(1), Duration.ofMillis(20), 0, 5, 2, Duration.ofMillis(20), Duration.ofMillis(20), 0);
        return new TransportConfig(
                "p1", d.urls(), d.wire(), quick, 4, d.batchMaxBytes(), DEADLINE, DEADLINE, d.security(), dir, 0);
    }

    private Transport transport(int port, Dns names) throws IOException {
        TransportConfig config = config(port);
        CoreClient client = new CoreClient(config, Credentials.read(config.security()), names);
        return new Transport(config, source, away -> {}, client, () -> 0);
    }

    /** As its runner does: an exception ends a cycle, is counted, and the next one follows. */
    private void workUntil(Transport transport, BooleanSupplier done) {
        long endNs = System.nanoTime() + PATIENCE_NS;
        while (!done.getAsBoolean()) {
            try {
                transport.doWork();
            } catch (IllegalStateException e) {
                faults++;
            }
            Thread.onSpinWait();
            assertThat(System.nanoTime()).as("in time").isLessThan(endNs);
        }
    }

    private void addBatches() {
        for (int i = 0; i < BATCHES; i++) {
            source.add(3);
        }
    }

    private void assertAllDelivered() {
        assertThat(source.settlements()).hasSize(BATCHES).containsOnly(new Settlement(3, 0, 0));
    }

    private static long failures(Transport transport) {
        return transport.statistics().retriesByCause().getOrDefault("unavailable", 0L);
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    @Test
    void goesOnWhileALookupHangsAndLeavesItOneThread() throws Exception {
        addBatches();
        CountDownLatch answers = new CountDownLatch(1);
        Dns names = name -> {
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of(HERE);
        };
        long before = threads(BoundedLookup.THREAD_NAME);
        try (SocketCore core = SocketCore.open(HERE, 0, SocketCore.Connection::hang, 0)) {
            Transport transport = transport(core.port(), names);
            workUntil(transport, () -> failures(transport) >= 8);
            assertThat(threads(BoundedLookup.THREAD_NAME) - before).isEqualTo(1);
            answers.countDown();
            workUntil(transport, source::isDrained);
            transport.onClose();
        }
        assertAllDelivered();
    }

    @Test
    void survivesAResolverThatThrows() throws Exception {
        addBatches();
        AtomicInteger asked = new AtomicInteger();
        Dns names = name -> {
            if (asked.incrementAndGet() <= 3) {
                throw new IllegalStateException("a fault of the resolver");
            }
            return List.of(HERE);
        };
        try (SocketCore core = SocketCore.open(HERE, 0, SocketCore.Connection::hang, 0)) {
            Transport transport = transport(core.port(), names);
            workUntil(transport, source::isDrained);
            transport.onClose();
        }
        assertAllDelivered();
        assertThat(faults).isZero();
    }

    @Test
    void survivesTheInterruptionOfItsHttpThreads() throws Exception {
        addBatches();
        try (SocketCore core = SocketCore.open(HERE, 0, SocketCore.Connection::hang, 2)) {
            Transport transport = transport(core.port(), name -> List.of(HERE));
            workUntil(transport, () -> threads("OkHttp http://core.example") > 0);
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("OkHttp http://core.example"))
                    .forEach(Thread::interrupt);
            workUntil(transport, source::isDrained);
            transport.onClose();
        }
        assertAllDelivered();
    }

    @Test
    void keepsTheBatchAndThePaceWhenTheClientThrows() throws Exception {
        addBatches();
        try (SocketCore core = SocketCore.open(HERE, 0, SocketCore.Connection::hang, 0)) {
            TransportConfig config = config(core.port());
            CoreClient client = new CoreClient(config, Credentials.read(config.security()), name -> List.of(HERE));
            Transport transport = new Transport(config, source, away -> {}, new Throwing(client), () -> 0);
            workUntil(transport, source::isDrained);
            assertThat(failures(transport)).isEqualTo(Throwing.TIMES);
            transport.onClose();
        }
        assertThat(faults).isEqualTo(Throwing.TIMES);
        assertAllDelivered();
    }

    /** Throws the first times, as a dispatcher would that has no threads left. */
    private static final class Throwing implements Sender {
        private static final int TIMES = 7;

        private final Sender sender;
        private int thrown;

        Throwing(Sender sender) {
            this.sender = sender;
        }

        @Override
        public void send(HttpUrl url, Headers head, Body body, Consumer<Answer> onAnswer) {
            if (thrown < TIMES) {
                thrown++;
                throw new IllegalStateException("no threads left");
            }
            sender.send(url, head, body, onAnswer);
        }

        @Override
        public boolean refreshCredentials() {
            return sender.refreshCredentials();
        }

        @Override
        public long certificateExpiresMs() {
            return sender.certificateExpiresMs();
        }

        @Override
        public void close() {
            sender.close();
        }
    }
}
