// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceCoreTest {
    @TempDir
    Path dir;

    private final HttpClient http = HttpClient.newHttpClient();

    private static String event(long seq) {
        return "{\"event_type\":\"dns\",\"probe\":{\"id\":\"p\",\"epoch\":\"e\",\"lane\":\"high\",\"worker\":0,\"seq\":"
                + seq + "}}";
    }

    private HttpResponse<String> post(ReferenceCore core, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(core.url() + "/v1/events"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void storesEachEventOnceAcrossRestarts() throws Exception {
        Path store = dir.resolve("events.ndjson");
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(store))) {
            assertThat(post(core, event(1) + "\n" + event(2) + "\n").body()).contains("OK");
            assertThat(post(core, event(2) + "\n" + event(1) + "\n").body()).contains("DUPLICATE");
        }
        Files.writeString(store, Files.readString(store) + "{\"unfinished");
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(store))) {
            post(core, event(2) + "\n" + event(3) + "\n");
            assertThat(core.storedEvents()).isEqualTo(3);
        }
        assertThat(Files.readAllLines(store)).containsExactly(event(1), event(2), event(3));
    }

    @Test
    void refusesWhatDoesNotFitItsHeaders() throws Exception {
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(null))) {
            assertThat(post(core, event(1) + "\n", "X-Batch-Count", "2").statusCode())
                    .isEqualTo(400);
            assertThat(post(core, event(1) + "\n", "Content-Digest", "sha-256=:AA==:")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(post(core, "x", "Content-Encoding", "zstd").statusCode()).isEqualTo(400);
            assertThat(post(core, "x", "Content-Encoding", "br").statusCode()).isEqualTo(415);
            assertThat(post(core, "{\"no\":\"name\"}\n").statusCode()).isEqualTo(422);
            assertThat(core.storedEvents()).isZero();
        }
    }

    @Test
    void answersFaultsAsProblems() throws Exception {
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(null))) {
            core.inject(Fault.parse("429,retry-after=2:requests=1"));
            HttpResponse<String> answer = post(core, event(1) + "\n");
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("2");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(post(core, event(1) + "\n").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void limitsEventsPerSecond() throws Exception {
        CoreConfig config = CoreConfig.local(null).withLimits(new CoreConfig.Limits(10, 0, 0.5));
        try (ReferenceCore core = ReferenceCore.open(config)) {
            assertThat(post(core, event(1) + "\n" + event(2) + "\n").statusCode())
                    .isEqualTo(200);
            assertThat(post(core, event(3) + "\n").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void asksForLessAboveFourFifthsOfItsQueueAndRefusesAboveAll() throws Exception {
        CoreConfig config = CoreConfig.local(null).withLimits(new CoreConfig.Limits(5, 0.01, 0));
        try (ReferenceCore core = ReferenceCore.open(config)) {
            String four = event(1) + "\n" + event(2) + "\n" + event(3) + "\n" + event(4) + "\n";
            assertThat(post(core, four).headers().firstValue("X-Backpressure")).isEmpty();
            assertThat(health(core)).contains("\"status\":\"UP\"").contains("\"load\":0.8");
            assertThat(post(core, event(5)).headers().firstValue("X-Backpressure"))
                    .contains("true");
            assertThat(health(core)).contains("\"status\":\"BUSY\"");

            HttpResponse<String> full = post(core, event(6));
            assertThat(full.statusCode()).isEqualTo(503);
            long seconds =
                    Long.parseLong(full.headers().firstValue("Retry-After").orElse("0"));
            assertThat(seconds).as("100 s an event, one of them too many").isBetween(50L, 101L);
            assertThat(full.body()).contains("\"retryAfter\":" + seconds);
            assertThat(post(core, four + event(7) + "\n" + event(8)).statusCode())
                    .isEqualTo(413);
        }
    }

    private String health(ReferenceCore core) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(core.url() + "/health"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void takesOnlyWhatIsSignedFreshAndNew() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path file = dir.resolve("public.pem");
        Files.writeString(
                file,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        CoreConfig config = CoreConfig.local(null).withSigner(ReferenceCore.readSigner(file));
        long now = System.currentTimeMillis() / 1000;
        try (ReferenceCore core = ReferenceCore.open(config)) {
            assertThat(post(core, event(1)).statusCode()).as("unsigned").isEqualTo(401);
            String[] signed = signed(event(1), now, "n1", pair.getPrivate());
            assertThat(post(core, event(1), signed).statusCode()).isEqualTo(200);
            HttpResponse<String> replay = post(core, event(1), signed);
            assertThat(replay.statusCode()).isEqualTo(401);
            assertThat(replay.body()).contains("replay");
            assertThat(post(core, event(1), signed(event(1), now - 3600, "n2", pair.getPrivate()))
                            .statusCode())
                    .as("old")
                    .isEqualTo(401);
            assertThat(post(core, event(1), signed(event(1), now, "n3", other.getPrivate()))
                            .statusCode())
                    .as("somebody else's")
                    .isEqualTo(401);
            assertThat(post(core, event(2), signed(event(1), now, "n4", pair.getPrivate()))
                            .statusCode())
                    .as("of another body")
                    .isEqualTo(400);
            assertThat(core.storedEvents()).isEqualTo(1);
        }
    }

    private static String[] signed(String body, long seconds, String nonce, PrivateKey key) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        String digest = "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":";
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(String.join("\n", "key-1", digest, Long.toString(seconds), nonce)
                .getBytes(StandardCharsets.US_ASCII));
        return new String[] {
            "Idempotency-Key",
            "key-1",
            "Content-Digest",
            digest,
            "X-Signature-Timestamp",
            Long.toString(seconds),
            "X-Signature-Nonce",
            nonce,
            "X-Signature",
            "ed25519=:" + Base64.getEncoder().encodeToString(signature.sign()) + ":"
        };
    }

    @Test
    @Tag("limit:Intake.MAX_BODY_BYTES")
    @Tag("limit:Intake.MAX_PLAIN_BYTES")
    void refusesBodiesThatAreTooLong() throws Exception {
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(null))) {
            assertThat(post(core, " ".repeat(Intake.MAX_BODY_BYTES + 1)).statusCode())
                    .isEqualTo(413);
            byte[] bomb = Zstd.compress(" ".repeat(Intake.MAX_PLAIN_BYTES + 1).getBytes(StandardCharsets.US_ASCII));
            HttpRequest request = HttpRequest.newBuilder(URI.create(core.url() + "/v1/events"))
                    .header("Content-Encoding", "zstd")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(bomb))
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(413);
        }
    }
}
