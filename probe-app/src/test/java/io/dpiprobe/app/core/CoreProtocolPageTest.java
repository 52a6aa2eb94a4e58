// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.dpiprobe.transport.Transport;
import io.dpiprobe.transport.TransportConfig;
import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Classifier;
import io.dpiprobe.transport.wire.Format;
import io.dpiprobe.transport.wire.Outcome;
import io.dpiprobe.transport.wire.Outcome.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/core-protocol.md shows is what happens. */
class CoreProtocolPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    private String page = "";

    @BeforeEach
    void read() throws Exception {
        page = Files.readString(Path.of("../docs/core-protocol.md"));
    }

    private List<String> all(String regex) {
        return Pattern.compile(regex)
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void theEventOfThePageIsTakenOnceByTheReferenceCore() throws Exception {
        String event = all("```json\n(.*)\n").get(0);
        try (ReferenceCore core = ReferenceCore.open(CoreConfig.local(null))) {
            for (String status : List.of("OK", "DUPLICATE")) {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(core.url() + "/v1/events"))
                                        .POST(HttpRequest.BodyPublishers.ofString(event + "\n"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.body()).isEqualTo("{\"status\":\"" + status + "\",\"acked_through\":812}");
            }
        }
    }

    @Test
    void theAnswerOfThePageIsRead() {
        String body = all("```json\n(.*)\n").get(1);
        Outcome outcome = Classifier.classify(answer(200, body), Format.NDJSON);

        assertThat(outcome.kind()).isEqualTo(Kind.DELIVERED);
        assertThat(outcome.slowDown()).isFalse();
        assertThat(outcome.reply().ackedThrough()).isEqualTo(812);
        assertThat(outcome.reply().rejected()).isEqualTo(Map.of(811L, "bad_timestamp"));
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, null, null, false, body.getBytes(StandardCharsets.UTF_8), null);
    }

    @Test
    void theTableOfThePageIsTheOneThatTheProbeJudgesBy() {
        Map<String, Kind> rows = Map.of(
                "keeps the batch, slows down", Kind.RATE_LIMITED,
                "keeps the batch, slows down; five", Kind.UNAVAILABLE,
                "sends halves", Kind.TOO_LARGE,
                "looks for the event", Kind.POISON,
                "tries gzip", Kind.CODING_REFUSED,
                "keeps everything", Kind.MISCONFIGURED);
        int checked = 0;
        Pattern row = Pattern.compile("^\\| ([345][^|]*) \\| ([^|]*) \\|$", Pattern.MULTILINE);
        for (MatchResult found : row.matcher(page).results().toList()) {
            String does = rows.keySet().stream()
                    .filter(found.group(2)::startsWith)
                    .reduce("", (a, b) -> a.length() > b.length() ? a : b);
            for (String word : found.group(1).replace("xx", "03").split("[ ,]+")) {
                if (word.matches("[345][0-9]{2}") && !does.isEmpty()) {
                    assertThat(Classifier.classify(answer(Integer.parseInt(word), ""), Format.NDJSON)
                                    .kind())
                            .as(word)
                            .isEqualTo(rows.get(does));
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(15);
    }

    @Test
    void theFaultsOfThePageAreUnderstood() {
        List<String> faults = all("--fault ([^ \n]+)");
        assertThat(faults).isNotEmpty().allSatisfy(Fault::parse);
        for (Fault.Kind kind : Fault.Kind.values()) {
            assertThat(page).contains(kind == Fault.Kind.STATUS ? "300 to 599" : "`" + kind.label() + "`");
        }
    }

    @Test
    void theHeadersOfThePageAreSent() throws Exception {
        String request = page.substring(page.indexOf("POST /v1/events"), page.indexOf("The body is one event"));
        List<String> names = Pattern.compile("(?m)(?:^|, )((?:X|Content|Idempotency)-[A-Za-z-]+)")
                .matcher(request)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(names).hasSizeGreaterThanOrEqualTo(11);

        CompletableFuture<Headers> sent = new CompletableFuture<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/events", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            sent.complete(exchange.getRequestHeaders());
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        NumberedBatches source = new NumberedBatches();
        Transport transport =
                Transport.open(TransportConfig.defaults("p", List.of(URI.create(url)), dir), source, away -> {});
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (!source.isSettled() && System.nanoTime() < endNs) {
            transport.doWork();
            Thread.onSpinWait();
        }
        transport.onClose();
        server.stop(0);
        assertThat(sent.get(1, TimeUnit.SECONDS).keySet().stream()
                        .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                        .toList())
                .containsAll(names.stream()
                        .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                        .toList());
    }
}
