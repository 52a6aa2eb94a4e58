// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Body;
import io.dpiprobe.transport.wire.Classifier;
import io.dpiprobe.transport.wire.ContentCoding;
import io.dpiprobe.transport.wire.Format;
import io.dpiprobe.transport.wire.Outcome;
import io.dpiprobe.transport.wire.Outcome.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One request over real sockets: what a hostile or broken Core does to it. */
class CoreClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir
    Path dir;

    private final MockWebServer core = new MockWebServer();

    @BeforeEach
    void listen() throws IOException {
        core.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void close() {
        core.close();
    }

    private Answer ask() throws Exception {
        return ask(core.url("/v1/events"), TransportConfig.Security.NONE);
    }

    private Answer ask(HttpUrl url, TransportConfig.Security security) throws Exception {
        return ask(url, security, TransportConfig.Wire.defaults());
    }

    private Answer ask(HttpUrl url, TransportConfig.Security security, TransportConfig.Wire wire) throws Exception {
        TransportConfig d = TransportConfig.defaults("p1", List.of(URI.create("http://core")), dir);
        TransportConfig config = new TransportConfig(
                "p1",
                d.urls(),
                wire,
                d.gate(),
                d.maxInFlight(),
                d.batchMaxBytes(),
                PATIENCE,
                PATIENCE,
                security,
                dir,
                d.quarantineMaxBytes());
        byte[] bytes = "{}\n".getBytes(StandardCharsets.UTF_8);
        Body body = new Body(bytes, ContentCoding.NONE, "", 1, 1, 1);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try (CoreClient client = new CoreClient(config, Credentials.read(security))) {
            client.send(url, Headers.of("X-Batch-Count", "1"), body, answer::complete);
            return answer.get(PATIENCE.toSeconds() * 5, TimeUnit.SECONDS);
        }
    }

    private Outcome outcome() throws Exception {
        return Classifier.classify(ask(), Format.NDJSON);
    }

    @Test
    void sendsAPostOnlyOnceWhenTheAnswerIs503WithRetryAfter0() throws Exception {
        core.enqueue(new MockResponse.Builder()
                .code(503)
                .setHeader("Retry-After", "0")
                .build());
        core.enqueue(new MockResponse.Builder().code(200).build());
        Answer answer = ask();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).isEqualTo("0");
        assertThat(core.getRequestCount()).isEqualTo(1);
    }

    @Test
    void sendsAPostOnlyOnceWhenTheConnectionIsClosedAfterTheRequest() throws Exception {
        core.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        core.enqueue(new MockResponse.Builder().code(200).build());
        assertThat(outcome().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(core.getRequestCount()).isEqualTo(1);
    }

    @Test
    void sendsAPostOnlyOnceOn408And421() throws Exception {
        for (int status : new int[] {408, 421}) {
            core.enqueue(new MockResponse.Builder().code(status).build());
            assertThat(ask().status()).isEqualTo(status);
        }
        assertThat(core.getRequestCount()).isEqualTo(2);
    }

    @Test
    void followsNoRedirect() throws Exception {
        core.enqueue(new MockResponse.Builder()
                .code(307)
                .setHeader("Location", "/elsewhere")
                .build());
        assertThat(outcome().kind()).isEqualTo(Kind.MISCONFIGURED);
        assertThat(core.getRequestCount()).isEqualTo(1);
    }

    @Test
    @Tag("limit:REQUEST_TIMEOUT_MS")
    void givesUpOnACoreThatNeverAnswers() throws Exception {
        try (ServerSocket blackHole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpUrl url = HttpUrl.get("http://127.0.0.1:" + blackHole.getLocalPort() + "/v1/events");
            Outcome outcome = Classifier.classify(ask(url, TransportConfig.Security.NONE), Format.NDJSON);
            assertThat(outcome.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(outcome.cause()).isEqualTo("timeout");
        }
    }

    @Test
    void takesARefusedConnectionForUnavailable() throws Exception {
        HttpUrl url = core.url("/v1/events");
        core.close();
        assertThat(Classifier.classify(ask(url, TransportConfig.Security.NONE), Format.NDJSON)
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    @Tag("limit:CoreClient.MAX_ANSWER_BYTES")
    void acksA2xxWhoseBodyIsTooLong() throws Exception {
        core.enqueue(new MockResponse.Builder()
                .code(200)
                .chunkedBody(new Buffer().write(new byte[4 << 20]), 4096)
                .build());
        Outcome outcome = outcome();
        assertThat(outcome.kind()).isEqualTo(Kind.DELIVERED);
        assertThat(outcome.cause()).isEqualTo(Classifier.UNREADABLE);
    }

    @Test
    void acksA2xxWhoseBodyNeverEnds() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> beginAnswer(slow));
            HttpUrl url = HttpUrl.get("http://127.0.0.1:" + slow.getLocalPort() + "/v1/events");
            Outcome outcome = Classifier.classify(ask(url, TransportConfig.Security.NONE), Format.NDJSON);
            accepted.get().close();
            assertThat(outcome.kind()).isEqualTo(Kind.DELIVERED);
            assertThat(outcome.cause()).isEqualTo(Classifier.UNREADABLE);
        }
    }

    /** Sends the headers and the first byte, and leaves the rest open. */
    private static Socket beginAnswer(ServerSocket server) {
        try {
            Socket socket = server.accept();
            String begin = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{";
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepsTheBatchWhenAHeaderIsTooLong() throws Exception {
        core.enqueue(new MockResponse.Builder()
                .code(200)
                .setHeader("X-Long", "x".repeat(1 << 20))
                .build());
        assertThat(outcome().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void sendsTheTokenOfTheFile() throws Exception {
        Path token = dir.resolve("token");
        Files.writeString(token, "s3cret\n");
        core.enqueue(new MockResponse.Builder().code(200).build());
        ask(core.url("/"), new TransportConfig.Security(token, null, null, null, null));
        assertThat(core.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer s3cret");
    }

    @Test
    @Tag("limit:CoreClient.MAX_BULK_ANSWER_BYTES")
    void readsSoMuchOfAnAnswerOfTheBulkInterface() throws Exception {
        TransportConfig.Wire wire =
                new TransportConfig.Wire(Format.ELASTICSEARCH, TransportConfig.Wire.bulkPath("x"), ContentCoding.NONE);
        for (int bytes : new int[] {CoreClient.MAX_BULK_ANSWER_BYTES / 2, CoreClient.MAX_BULK_ANSWER_BYTES}) {
            String body = "{\"took\":\"" + "x".repeat(bytes) + "\",\"errors\":false}";
            core.enqueue(new MockResponse.Builder().code(200).body(body).build());
            Answer answer = ask(core.url("/x/_bulk"), TransportConfig.Security.NONE, wire);

            assertThat(Classifier.classify(answer, Format.ELASTICSEARCH).kind() == Kind.DELIVERED)
                    .isEqualTo(bytes < CoreClient.MAX_BULK_ANSWER_BYTES);
        }
    }
}
