// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.app.demo.SampleProbe;
import io.dpiprobe.app.tap.EventTap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live events over real sockets. */
class EventStreamTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STREAM = "/api/v1/events/stream";

    @TempDir
    private Path dir;

    /** A client that reads when it wants to. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(SampleProbe sample, String path, String... headers) throws IOException {
            socket = new Socket(sample.address().host(), sample.address().port());
            socket.setSoTimeout(20_000);
            StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n");
            for (String header : headers) {
                request.append(header).append("\r\n");
            }
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String line() throws IOException {
            String line = in.readLine();
            return line == null ? "" : line;
        }

        String header() throws IOException {
            String status = line();
            while (!line().isEmpty()) {
                // the other headers
            }
            return status;
        }

        JsonNode json() throws IOException {
            return JSON.readTree(line());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void showsEventsWhileTheyAreMadeAndEndsAtTheLimit() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            HttpResponse<String> answer = sample.get(STREAM + "?limit=20");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
            List<JsonNode> lines = new ArrayList<>();
            for (String line : answer.body().lines().toList()) {
                lines.add(JSON.readTree(line));
            }
            assertThat(lines.stream().filter(line -> line.has("event_type"))).hasSize(20);
            assertThat(lines.get(0).has("heartbeat")).isTrue();
            assertThat(lines.get(lines.size() - 1).at("/end/sent").asInt()).isEqualTo(20);
        }
    }

    @Test
    void showsOnlyWhatTheFilterWants() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            HttpResponse<String> answer = sample.get(STREAM + "?type=tls,http&host=198.51.100.80&limit=4");
            List<String> types = new ArrayList<>();
            for (String line : answer.body().lines().toList()) {
                JsonNode event = JSON.readTree(line);
                if (event.has("event_type")) {
                    types.add(event.path("event_type").asText());
                    assertThat(line).contains("198.51.100.80");
                }
            }
            assertThat(types).hasSize(4).containsOnly("http");
        }
    }

    @Test
    void keepsToTheRateThatTheReaderWants() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            long beganNs = System.nanoTime();
            sample.get(STREAM + "?limit=12", "X-Stream-Rate-Limit", "4");
            // 12 events at 4 a second, less those of the first moment
            assertThat(System.nanoTime() - beganNs).isGreaterThan(2_500_000_000L);
        }
    }

    @Test
    void sendsAHeartbeatWhileThereIsNothingToShow() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of());
                Client client = new Client(sample, STREAM + "?type=none&heartbeat=1")) {
            assertThat(client.header()).contains("200");
            for (int i = 0; i < 3; i++) {
                assertThat(client.json().at("/heartbeat/sent").asInt(-1)).isZero();
            }
        }
    }

    @Test
    @Tag("limit:EventTap.MAX_STREAMS")
    void refusesMoreStreamsThanItHasThreadsFor() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < EventTap.MAX_STREAMS; i++) {
                clients.add(new Client(sample, STREAM + "?heartbeat=1"));
                assertThat(clients.get(i).header()).contains("200");
            }
            HttpResponse<String> refused = sample.get(STREAM);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(sample.get("/status").statusCode()).isEqualTo(200);
            for (Client client : clients) {
                client.close();
            }
            SampleProbe.await(
                    "streams are given back", () -> sample.probe().tap().watched() == 0);
            assertThat(sample.get(STREAM + "?limit=1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aReaderThatDoesNotReadCostsTheProbeNothing() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of());
                Client stuck =
                        new Client(sample, STREAM, "X-Stream-Buffer-Strategy: block", "X-Stream-Rate-Limit: 100000")) {
            assertThat(stuck.header()).contains("200");
            long before = sample.probe().ledger().total(lane -> lane.acked());
            SampleProbe.await(
                    "events go on to be delivered",
                    () -> sample.probe().ledger().total(lane -> lane.acked()) > before + 50);
            assertThat(sample.get("/status").statusCode()).isEqualTo(200);
            assertThat(sample.probe().ledger().total(lane -> lane.droppedTotal()))
                    .isZero();
        }
    }

    @Test
    void endsWhenTheProbeDoes() throws Exception {
        Client client;
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            client = new Client(sample, STREAM);
            assertThat(client.header()).contains("200");
        }
        try (client) {
            while (!client.line().isEmpty()) {
                // what had been sent
            }
        }
    }
}
