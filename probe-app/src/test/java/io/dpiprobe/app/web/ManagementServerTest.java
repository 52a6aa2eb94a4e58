// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.config.InvalidConfigurationException;
import io.dpiprobe.app.demo.SampleProbe;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Management over real sockets. */
class ManagementServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "let-me-in-7f3a";

    @TempDir
    private Path dir;

    @ParameterizedTest
    @CsvSource({
        "/api/v1/backpressure/status, level active active_seconds_total backoff_seconds circuit_breaker signals"
                + " sampling_ratio",
        "/api/v1/backpressure/metrics, events_accepted events_acked events_dropped drop_rate_events_per_second memory"
                + " disk request_seconds delivery_seconds",
        "/api/v1/backpressure/circuit-breaker, state transitions failure_threshold success_threshold"
                + " recovery_timeout_seconds",
        "/api/v1/backpressure/publisher, core in_flight concurrency_limit batch_limit_bytes bytes_sent"
                + " events_delivered highest_accepted_timestamp_seconds highest_acked_timestamp_seconds requests"
                + " retries quarantined",
        "/api/v1/health/streaming, status streams max_streams events_shown events_missed"
    })
    void answersInJson(String path, String members) throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            HttpResponse<String> answer = sample.get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(JSON.readTree(answer.body()).fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(members.split(" "));
        }
    }

    @Test
    void tellsHowTheBreakerIsWhileCoreIsAway() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of()).awaitDelivery()) {
            assertThat(json(sample, "/api/v1/backpressure/circuit-breaker")
                            .path("state")
                            .asText())
                    .isEqualTo("closed");
            sample.stopCore();
            SampleProbe.await("open", () -> !breaker(sample).equals("closed"));
            assertThat(json(sample, "/api/v1/backpressure/status")
                            .path("active")
                            .asBoolean())
                    .isTrue();
            sample.startCore();
            SampleProbe.await("closed", () -> breaker(sample).equals("closed"));
        }
    }

    private static String breaker(SampleProbe sample) {
        try {
            return json(sample, "/api/v1/backpressure/circuit-breaker")
                    .path("state")
                    .asText();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(SampleProbe sample, String path) throws IOException, InterruptedException {
        return JSON.readTree(sample.get(path).body());
    }

    @Test
    void guardsEveryAnswer() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            for (String path : new String[] {"/", "/status", "/metrics", "/nowhere", "/api/v1/backpressure/status"}) {
                HttpResponse<String> answer = sample.get(path);
                assertThat(answer.headers()
                                .firstValue("Content-Security-Policy")
                                .orElse(""))
                        .startsWith("default-src 'none'")
                        .doesNotContain("unsafe");
                assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                        .contains("nosniff");
                assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
            }
        }
    }

    @Test
    @Tag("limit:StreamOptions.MAX_EVENTS")
    @Tag("limit:StreamOptions.MAX_RATE")
    @Tag("limit:StreamOptions.MAX_BUFFER")
    void saysWhatIsWrongAsAProblem() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            assertProblem(sample.get("/status/x"), 404);
            assertProblem(sample.get("/api/v1/events/stream?limit=0"), 400);
            assertProblem(sample.get("/api/v1/events/stream?colour=red"), 400);
            assertProblem(sample.get("/api/v1/events/stream", "X-Stream-Buffer-Size", "10001"), 400);
            assertProblem(sample.get("/api/v1/events/stream", "X-Stream-Rate-Limit", "100001"), 400);
            assertProblem(sample.get("/api/v1/events/stream?limit=10000001"), 400);
            assertProblem(sample.get("/api/v1/events/stream", "X-Stream-Buffer-Strategy", "hope"), 400);
            assertThat(raw(sample, "POST /status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 405");
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(JSON.readTree(answer.body()).path("status").asInt()).isEqualTo(status);
    }

    @Test
    void answersNoPageOfAnotherSite() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            assertThat(raw(sample, "GET /status HTTP/1.1\r\nHost: evil.example:9470\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(raw(sample, "GET /status HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(raw(sample, "GET /status HTTP/1.1\r\nHost: [::1]:9470\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void wantsTheTokenIfThereIsOne() throws Exception {
        Path file = Files.writeString(dir.resolve("token"), TOKEN + "\n");
        try (SampleProbe sample = SampleProbe.start(dir, Map.of("MANAGEMENT_TOKEN_FILE", file.toString()))) {
            for (String path :
                    new String[] {"/status", "/metrics", "/api/v1/events/stream", "/api/v1/health/streaming"}) {
                assertThat(sample.get(path).statusCode()).as(path).isEqualTo(401);
                assertThat(sample.get(path, "Authorization", "Bearer " + TOKEN + "x")
                                .statusCode())
                        .isEqualTo(401);
            }
            assertThat(sample.get("/health").statusCode()).isEqualTo(200);
            HttpResponse<String> status = sample.get("/status", "Authorization", "Bearer " + TOKEN);
            assertThat(status.statusCode()).isEqualTo(200);
            assertThat(status.body()).doesNotContain(TOKEN);
            assertThat(sample.get("/metrics", "Authorization", "Bearer " + TOKEN)
                            .body())
                    .doesNotContain(TOKEN);
        }
    }

    @Test
    void listensBeyondThisHostOnlyWithAToken() throws Exception {
        assertThatThrownBy(() -> Configuration.read(Map.of("MANAGEMENT_ADDRESS", "0.0.0.0:9470")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("MANAGEMENT_TOKEN_FILE");
        Path file = Files.writeString(dir.resolve("token"), TOKEN);
        assertThat(Configuration.read(
                                Map.of("MANAGEMENT_ADDRESS", "0.0.0.0:9470", "MANAGEMENT_TOKEN_FILE", file.toString()))
                        .management()
                        .tokenFile())
                .isEqualTo(file);
    }

    @Test
    void livesThroughRequestsThatNeverEnd() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            Socket[] sockets = new Socket[12];
            for (int i = 0; i < sockets.length; i++) {
                sockets[i] =
                        new Socket(sample.address().host(), sample.address().port());
                sockets[i].getOutputStream().write("GET /sta".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(sample.get("/health").statusCode()).isEqualTo(200);
            for (Socket socket : sockets) {
                socket.setSoTimeout(30_000);
                assertThat(socket.getInputStream().read())
                        .as("closed by the probe")
                        .isEqualTo(-1);
                socket.close();
            }
        }
    }

    private static String raw(SampleProbe sample, String request) throws IOException {
        try (Socket socket =
                new Socket(sample.address().host(), sample.address().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] first = socket.getInputStream().readNBytes(12);
            return new String(first, StandardCharsets.US_ASCII);
        }
    }

    /** More connections that send half a request than there are threads and places to wait. */
    @Test
    @Tag("limit:ManagementServer.THREADS")
    @Tag("limit:ManagementServer.QUEUE")
    void turnsAwayMoreRequestsThanCanWait() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                Socket socket =
                        new Socket(sample.address().host(), sample.address().port());
                socket.getOutputStream().write("GET /sta".getBytes(StandardCharsets.US_ASCII));
                sockets.add(socket);
            }
            Socket last = sockets.get(sockets.size() - 1);
            last.setSoTimeout(2000); // threads are given back later
            assertThat(isClosed(last)).as("closed at once").isTrue();
            for (Socket socket : sockets) {
                socket.close();
            }
            SampleProbe.await("it answers again", () -> answers(sample));
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException e) {
            return true; // reset
        }
    }

    private static boolean answers(SampleProbe sample) {
        try {
            return sample.get("/health").statusCode() == 200;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
