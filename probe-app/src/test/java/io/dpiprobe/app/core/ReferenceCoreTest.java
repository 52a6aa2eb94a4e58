// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
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
        CoreConfig config = CoreConfig.local(null).withEventsPerSecond(0.5);
        try (ReferenceCore core = ReferenceCore.open(config)) {
            assertThat(post(core, event(1) + "\n" + event(2) + "\n").statusCode())
                    .isEqualTo(200);
            assertThat(post(core, event(3) + "\n").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void asksForLessAboveFourFifthsOfItsQueue() throws Exception {
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(null).withQueueEvents(4))) {
            String four = event(1) + "\n" + event(2) + "\n" + event(3) + "\n" + event(4) + "\n";
            assertThat(post(core, four).headers().firstValue("X-Backpressure")).contains("true");
            assertThat(post(core, four + event(5) + "\n").statusCode()).isEqualTo(503);
        }
    }
}
