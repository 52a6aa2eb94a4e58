// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.Settlement;
import io.dpiprobe.transport.SocketCore.Script;
import io.dpiprobe.transport.gate.GateConfig;
import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Body;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which a connection can fail, over real sockets, with deadlines of a fraction of a second. */
class FaultsTest {
    private static final Duration DEADLINE = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int FAULTS = 2;
    private static final int BATCHES = 5;

    @TempDir
    Path dir;

    private static final GateConfig DOUBLING = new GateConfig(
            Duration.ofMillis(20), Duration.ofMillis(320), 0, 5, 2, Duration.ofSeconds(30), Duration.ofSeconds(30), 0);

    private final FakeSource source = new FakeSource();

    private static Arguments fault(String name, int acked, Script script) {
        return Arguments.of(name, acked, script);
    }

    /** The name, how many of the faulty answers are acks nevertheless, and what Core does. */
    static Stream<Arguments> faults() {
        return Stream.of(silent(), endless(), brokenOff()).flatMap(Function.identity());
    }

    private static Stream<Arguments> silent() {
        return Stream.of(
                fault("hangs before it reads", 0, SocketCore.Connection::hang),
                fault("hangs before the headers", 0, core -> {
                    core.readRequest();
                    core.hang();
                }),
                fault("hangs in the status line", 0, core -> {
                    core.readRequest();
                    core.write("HTTP/1.1 20");
                    core.hang();
                }),
                fault("hangs in the headers", 0, core -> {
                    core.readRequest();
                    core.write("HTTP/1.1 200 OK\r\nContent-Le");
                    core.hang();
                }),
                fault("hangs after the headers", FAULTS, core -> {
                    core.readRequest();
                    core.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
                    core.hang();
                }));
    }

    private static Stream<Arguments> endless() {
        return Stream.of(
                fault("sends its headers slowly", 0, core -> {
                    core.readRequest();
                    core.write("HTTP/1.1 200 OK\r\nX: ");
                    while (!core.isOverAfter(50)) {
                        core.write("x");
                    }
                }),
                fault("sends its body slowly", FAULTS, core -> {
                    core.readRequest();
                    core.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                    while (!core.isOverAfter(50)) {
                        core.write("{");
                    }
                }),
                fault("sends a body without an end", FAULTS, core -> {
                    core.readRequest();
                    core.write("HTTP/1.1 200 OK\r\n\r\n");
                    while (!core.isOverAfter(0)) {
                        core.write("{\"status\":\"OK\"}".repeat(1000));
                    }
                }),
                fault("sends headers without an end", 0, core -> {
                    core.readRequest();
                    core.write("HTTP/1.1 200 OK\r\n");
                    while (!core.isOverAfter(0)) {
                        core.write("X-Filler: " + "x".repeat(1000) + "\r\n");
                    }
                }),
                fault("sends one huge header", 0, core -> {
                    core.readRequest();
                    core.write("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(1 << 20) + "\r\n\r\n");
                    core.hang();
                }));
    }

    private static Stream<Arguments> brokenOff() {
        return Stream.of(
                fault("resets in the middle of the request", 0, core -> {
                    core.read(10);
                    core.reset();
                }),
                fault("resets instead of an answer", 0, core -> {
                    core.readRequest();
                    core.reset();
                }),
                fault("closes after the request", 0, core -> {
                    core.readRequest();
                    core.close();
                }),
                fault("closes at once", 0, SocketCore.Connection::close),
                fault("closes in the middle of the body", FAULTS, core -> {
                    core.readRequest();
                    core.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"status\":");
                    core.close();
                }),
                fault("answers something that is not HTTP", 0, core -> {
                    core.readRequest();
                    core.write("220 mail.example ESMTP\r\n");
                    core.close();
                }));
    }

    private TransportConfig config(String url) {
        TransportConfig d = TransportConfig.defaults("p1", List.of(URI.create(url)), dir);
        GateConfig quick = new GateConfig(
                Duration.ofMillis(1), Duration.ofMillis(20), 0, 5, 2, Duration.ofMillis(20), Duration.ofMillis(20), 0);
        return new TransportConfig(
                "p1",
                d.urls(),
                d.wire(),
                quick,
                1,
                d.batchMaxBytes(),
                DEADLINE,
                DEADLINE,
                TransportConfig.Security.NONE,
                dir,
                d.quarantineMaxBytes());
    }

    private static void workUntil(Transport transport, BooleanSupplier done) {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            transport.doWork();
            Thread.onSpinWait();
            assertThat(System.nanoTime()).as("in time").isLessThan(endNs);
        }
    }

    private void addBatches() {
        for (int i = 0; i < BATCHES; i++) {
            source.add(3);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void losesNothingWhenCore(String name, int acked, Script script) throws Exception {
        addBatches();
        try (SocketCore core = SocketCore.open(HERE, 0, script, FAULTS)) {
            Transport transport = Transport.open(config("http://127.0.0.1:" + core.port()), source, away -> {});
            workUntil(transport, source::isDrained);
            transport.onClose();

            assertThat(source.settlements()).hasSize(BATCHES).containsOnly(new Settlement(3, 0, 0));
            assertThat(core.taken()).isGreaterThanOrEqualTo(BATCHES - acked);
            assertThat(transport.statistics().unreadableAcks()).isGreaterThanOrEqualTo(acked == 0 ? 0 : 1);
            assertThat(transport.statistics().retriesByCause().getOrDefault("unavailable", 0L))
                    .isGreaterThanOrEqualTo(acked == 0 ? FAULTS : 0);
        }
    }

    /** The connection that was good a moment ago leads nowhere: the next request on it fails, and is made again. */
    @Test
    void losesNothingWhenAKeptConnectionHasDied() throws Exception {
        Script closesAfterOne = core -> {
            core.readRequest();
            core.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            core.reset();
        };
        try (SocketCore core = SocketCore.open(HERE, 0, closesAfterOne, 1)) {
            Transport transport = Transport.open(config("http://127.0.0.1:" + core.port()), source, away -> {});
            source.add(1);
            workUntil(transport, source::isDrained);
            addBatches();
            workUntil(transport, source::isDrained);
            transport.onClose();
            assertThat(core.taken()).isEqualTo(BATCHES);
        }
    }

    @Test
    void waitsForACoreThatRefusesConnections() throws Exception {
        addBatches();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
            port = free.getLocalPort();
        }
        List<Boolean> away = new ArrayList<>();
        Transport transport = Transport.open(config("http://127.0.0.1:" + port), source, away::add);
        workUntil(transport, () -> away.contains(true));
        assertThat(source.settlements()).isEmpty();
        try (SocketCore core = SocketCore.open(HERE, port, SocketCore.Connection::hang, 0)) {
            workUntil(transport, source::isDrained);
            assertThat(core.taken()).isEqualTo(BATCHES);
        }
        transport.onClose();
        assertThat(away.get(away.size() - 1)).isFalse();
    }

    /** A listener whose queue of connections is full answers nothing to a SYN. */
    @Test
    @Tag("limit:CONNECT_TIMEOUT_MS")
    void givesUpConnectingToABlackHole() throws Exception {
        addBatches();
        try (ServerSocket hole = new ServerSocket(0, 1, HERE);
                Socket first = new Socket(HERE, hole.getLocalPort());
                Socket second = new Socket(HERE, hole.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            List<Boolean> away = new ArrayList<>();
            Transport transport = Transport.open(config("http://127.0.0.1:" + hole.getLocalPort()), source, away::add);
            workUntil(transport, () -> away.contains(true));
            transport.onClose();
            assertThat(source.settlements()).isEmpty();
            assertThat(source.returned()).isEqualTo(1);
        }
    }

    @Test
    void followsANameToItsNewAddressAndSurvivesItsAbsence() throws Exception {
        AtomicReference<String> address = new AtomicReference<>();
        Dns names = name -> {
            String known = address.get();
            if (known == null) {
                throw new UnknownHostException(name);
            }
            return List.of(InetAddress.getByName(known));
        };
        int port;
        Transport transport;
        try (SocketCore old = SocketCore.open(InetAddress.getByName("127.0.0.2"), 0, SocketCore.Connection::hang, 0)) {
            port = old.port();
            TransportConfig config = config("http://core.example:" + port);
            CoreClient client = new CoreClient(config, Credentials.read(config.security()), names);
            transport = new Transport(config, source, away -> {}, client, () -> 0);
            addBatches();
            workUntil(
                    transport, () -> transport.statistics().retriesByCause().getOrDefault("unavailable", 0L) >= FAULTS);
            assertThat(source.settlements()).isEmpty();

            address.set("127.0.0.2");
            workUntil(transport, source::isDrained);
            assertThat(old.taken()).isEqualTo(BATCHES);
        }
        address.set("127.0.0.3");
        try (SocketCore next =
                SocketCore.open(InetAddress.getByName("127.0.0.3"), port, SocketCore.Connection::hang, 0)) {
            addBatches();
            workUntil(transport, source::isDrained);
            assertThat(next.taken()).isEqualTo(BATCHES);
            transport.onClose();
        }
    }

    /** Notes when requests begin. */
    private static Sender noting(Sender sender, List<Long> startsNs) {
        return new Sender() {
            @Override
            public void send(HttpUrl url, Headers head, Body body, Consumer<Answer> onAnswer) {
                startsNs.add(System.nanoTime());
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
        };
    }

    /** With jitter 0 and in real time: never early. */
    @Test
    void attemptsAgainstARefusingPortFollowTheSchedule() throws IOException {
        source.add(1);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
            port = free.getLocalPort();
        }
        TransportConfig d = config("http://127.0.0.1:" + port);
        TransportConfig config = new TransportConfig(
                "p1",
                d.urls(),
                d.wire(),
                DOUBLING,
                1,
                d.batchMaxBytes(),
                PATIENCE,
                PATIENCE,
                d.security(),
                dir,
                d.quarantineMaxBytes());
        List<Long> startsNs = new ArrayList<>();
        CoreClient client = new CoreClient(config, Credentials.read(config.security()));
        Transport transport = new Transport(config, source, away -> {}, noting(client, startsNs), () -> 0.5);
        long attempts = 8;
        workUntil(transport, () -> transport.statistics().requestsByClass().getOrDefault("error", 0L) >= attempts);
        transport.onClose();

        long[] waitsMs = {20, 40, 80, 160, 320, 320, 320};
        assertThat(startsNs).hasSizeGreaterThanOrEqualTo(waitsMs.length + 1);
        for (int i = 0; i < waitsMs.length; i++) {
            assertThat((startsNs.get(i + 1) - startsNs.get(i)) / 1_000_000)
                    .as("wait %d", i)
                    .isGreaterThanOrEqualTo(waitsMs[i]);
        }
    }
}
