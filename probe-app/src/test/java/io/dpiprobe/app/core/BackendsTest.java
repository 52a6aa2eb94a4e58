// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dpiprobe.transport.Transport;
import io.dpiprobe.transport.TransportConfig;
import io.dpiprobe.transport.gate.GateConfig;
import io.dpiprobe.transport.wire.ContentCoding;
import io.dpiprobe.transport.wire.Format;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delivery to and through servers that others wrote, with the files of {@code config/backends}. */
class BackendsTest {
    private static final Path CONFIG = Path.of("../config/backends");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EVENTS = NumberedBatches.BATCHES * NumberedBatches.EVENTS;

    @TempDir
    Path dir;

    private final List<Process> processes = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() throws Exception {
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static String binary(String name) {
        return Arrays.stream("/usr/sbin /usr/bin /usr/local/sbin /usr/local/bin".split(" "))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
    }

    private static String required(String name) {
        String path = binary(name);
        assumeTrue(!path.isEmpty(), name + " is not installed");
        return path;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Process start(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private void await(Process process, int port) throws IOException {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(port)) {
            String log = Files.readString(dir.resolve("log"));
            assertThat(process.isAlive()).as(log).isTrue();
            assertThat(System.nanoTime()).as(log).isLessThan(endNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean answers(int port) {
        try (java.net.Socket socket = new java.net.Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private Path configured(String file, String... replacements) throws IOException {
        String text = Files.readString(CONFIG.resolve(file));
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return Files.writeString(dir.resolve(file), text);
    }

    private TransportConfig config(String url, String path, ContentCoding coding) {
        TransportConfig d = TransportConfig.defaults("p", List.of(URI.create(url)), dir.resolve("quarantine"));
        GateConfig quick = new GateConfig(
                Duration.ofMillis(10),
                Duration.ofMillis(200),
                0,
                5,
                2,
                Duration.ofMillis(200),
                Duration.ofMillis(200),
                0);
        return new TransportConfig(
                "p",
                d.urls(),
                new TransportConfig.Wire(Format.NDJSON, path, coding),
                quick,
                8,
                d.batchMaxBytes(),
                PATIENCE,
                PATIENCE,
                d.security(),
                d.quarantineDir(),
                d.quarantineMaxBytes());
    }

    private static Transport deliver(TransportConfig config, NumberedBatches source) throws IOException {
        Transport transport = Transport.open(config, source, unavailable -> {});
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (!source.isSettled()) {
            transport.doWork();
            Thread.onSpinWait();
            assertThat(System.nanoTime())
                    .as("delivered in time: %s", transport.statistics().requestsByClass())
                    .isLessThan(endNs);
        }
        transport.onClose();
        return transport;
    }

    @Test
    void nginxLimitsRequestsAndNothingIsLostOrRepeated() throws Exception {
        String nginx = required("nginx");
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(dir.resolve("store")))) {
            int port = freePort();
            Path file = configured(
                    "nginx.conf",
                    "127.0.0.1:8081",
                    "127.0.0.1:" + port,
                    "127.0.0.1:8080",
                    "127.0.0.1:" + core.address().getPort(),
                    "rate=50r/s",
                    "rate=10r/s",
                    "burst=20",
                    "burst=2");
            await(start(nginx, "-p", dir.toString(), "-c", file.toString(), "-g", "daemon off;"), port);

            Transport transport = deliver(
                    config("http://127.0.0.1:" + port, TransportConfig.Wire.EVENTS_PATH, ContentCoding.ZSTD),
                    new NumberedBatches());

            assertThat(transport.statistics().retriesByCause().getOrDefault("rate_limited", 0L))
                    .as("429 of nginx")
                    .isPositive();
            assertThat(core.storedEvents()).isEqualTo(EVENTS);
            assertThat(core.duplicateEvents()).isZero();
        }
    }

    @Test
    void haproxyTakesTheOtherCoreWhenOneGoes() throws Exception {
        String haproxy = required("haproxy");
        int firstPort = freePort();
        try (ReferenceCore second = ReferenceCore.open(CoreConfig.local(dir.resolve("second")))) {
            int port = freePort();
            Path file = configured(
                    "haproxy.cfg",
                    "127.0.0.1:8081",
                    "127.0.0.1:" + port,
                    "127.0.0.1:8080",
                    "127.0.0.1:" + firstPort,
                    "127.0.0.1:8082",
                    "127.0.0.1:" + second.address().getPort());
            TransportConfig config =
                    config("http://127.0.0.1:" + port, TransportConfig.Wire.EVENTS_PATH, ContentCoding.ZSTD);
            InetSocketAddress firstAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), firstPort);
            try (ReferenceCore first =
                    ReferenceCore.open(CoreConfig.local(dir.resolve("first")).withListen(firstAddress))) {
                await(start(haproxy, "-db", "-f", file.toString()), port);
                deliver(config, new NumberedBatches());
                assertThat(first.storedEvents()).isEqualTo(EVENTS);
            }
            deliver(config, new NumberedBatches());
            assertThat(second.storedEvents()).isEqualTo(EVENTS);
        }
    }

    @Test
    void clickhouseStoresEachEventAsARow() throws Exception {
        String clickhouse = required("clickhouse-server");
        int port = freePort();
        Path users = Files.writeString(
                dir.resolve("users.xml"),
                "<yandex><profiles><default/></profiles><quotas><default/></quotas><users><default><password></password>"
                        + "<networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>"
                        + "</default></users></yandex>");
        Path file = Files.writeString(
                dir.resolve("config.xml"),
                "<yandex><logger><level>warning</level><console>1</console></logger><listen_host>127.0.0.1</listen_host>"
                        + "<http_port>" + port + "</http_port><tcp_port>" + freePort() + "</tcp_port><path>" + dir
                        + "/data/</path><tmp_path>" + dir + "/tmp/</tmp_path><users_config>" + users
                        + "</users_config><default_profile>default</default_profile>"
                        + "<default_database>default</default_database><mark_cache_size>1048576</mark_cache_size>"
                        + "</yandex>");
        await(start(clickhouse, "--config-file=" + file), port);
        String url = "http://127.0.0.1:" + port;
        query(url, Files.readString(CONFIG.resolve("clickhouse.sql")));

        String path = "/?query=INSERT+INTO+events+FORMAT+JSONEachRow&input_format_skip_unknown_fields=1";
        assertThat(Files.readString(Path.of("../docs/backends.md"))).contains("CORE_PATH=" + path);
        deliver(config(url, path, ContentCoding.GZIP), new NumberedBatches());

        assertThat(query(url, "SELECT count() FROM events WHERE event_type = 'dns'"))
                .isEqualTo(EVENTS + "\n");
    }

    private String query(String url, String sql) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .POST(HttpRequest.BodyPublishers.ofString(sql))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
