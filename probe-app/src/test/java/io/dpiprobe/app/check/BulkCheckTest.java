// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dpiprobe.app.check.Finding.Grade;
import io.dpiprobe.app.config.Configuration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found out about Elasticsearch and OpenSearch, whose bulk interface refuses an empty body from anybody. */
class BulkCheckTest {
    private static final String OPENSEARCH =
            "{\"name\":\"n\",\"version\":{\"distribution\":\"opensearch\",\"number\":\"3.1.0\"}}";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private int rootStatus = 200;
    private int indexStatus = 200;
    private String root = OPENSEARCH;

    @SuppressWarnings("NullAway.Init") // before each test
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    /** As the real one does: a body is needed, by everybody and before rights are looked at. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            requests.add(request);
            byte[] body = (request.equals("GET /") ? root : "").getBytes(StandardCharsets.UTF_8);
            int status = request.startsWith("POST") ? 400 : request.equals("GET /") ? rootStatus : indexStatus;
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private List<Finding> check() throws Exception {
        String core = "http://127.0.0.1:" + server.getAddress().getPort();
        Configuration config = Configuration.read(
                Map.of("CORE_API_URL", core, "CORE_FORMAT", "elasticsearch", "CORE_INDEX", "net-events"));
        return new CoreCheck(config, URI.create(core)).run();
    }

    @Test
    void isAskedForItsVersionAndIndexAndSentNothing() throws Exception {
        assertThat(check())
                .noneMatch(finding -> finding.grade() != Grade.OK)
                .anyMatch(finding -> finding.text().endsWith("is opensearch 3.1.0"))
                .anyMatch(finding -> finding.text().equals("the index net-events is there"));
        assertThat(requests).containsExactly("GET /", "HEAD /net-events");
    }

    @Test
    void isNotTakenForWhatItIsNot() throws Exception {
        for (String page : new String[] {"<html>It works!</html>", "{\"status\":\"ok\"}", "null", ""}) {
            root = page;
            assertThat(check())
                    .as(page)
                    .anyMatch(finding ->
                            finding.grade() == Grade.ERROR && finding.text().contains("neither Elasticsearch"));
        }
    }

    @ParameterizedTest
    @CsvSource({"401,ERROR", "403,WARNING", "404,ERROR", "429,WARNING", "503,WARNING"})
    void letsTheProbeInOrNot(int status, Grade grade) throws Exception {
        rootStatus = status;
        assertThat(check())
                .anyMatch(finding -> finding.grade() == grade && finding.text().contains("(" + status + ")"));
        assertThat(requests).containsExactly("GET /");
    }

    @ParameterizedTest
    @CsvSource({"404,is not there yet", "403,is not for this probe to know", "500,says 500"})
    void saysWhatIsKnownOfTheIndex(int status, String text) throws Exception {
        indexStatus = status;
        assertThat(check())
                .anyMatch(finding ->
                        finding.grade() == Grade.WARNING && finding.text().contains(text));
    }
}
