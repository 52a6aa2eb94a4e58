// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Is the bulk interface of a search engine over a socket: creates each document once, or does what a rule says. */
final class FakeBulk implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, JsonNode> documents = new ConcurrentHashMap<>();
    private final List<List<String>> requests = new CopyOnWriteArrayList<>();
    private volatile Function<List<String>, Verdict> rule = ids -> Verdict.ALL_FINE;

    /** What to do with a request: its status, the status by document, and the body instead of the usual one. */
    record Verdict(int status, Map<String, Integer> items, String body) {
        static final Verdict ALL_FINE = new Verdict(200, Map.of(), "");

        static Verdict items(Map<String, Integer> statuses) {
            return new Verdict(200, statuses, "");
        }
    }

    private FakeBulk(HttpServer server) {
        this.server = server;
    }

    static FakeBulk open() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer waits 40 ms for an ACK
        FakeBulk fake = new FakeBulk(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        fake.server.createContext("/", fake::handle);
        fake.server.start();
        return fake;
    }

    /** Takes the ids of a request. */
    void rule(Function<List<String>, Verdict> next) {
        rule = next;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Map<String, JsonNode> documents() {
        return documents;
    }

    /** The ids of each request so far. */
    List<List<String>> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestURI().getPath()).isEqualTo("/dpi-probe/_bulk");
        assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/x-ndjson");
        String[] lines = plain(exchange).split("\n");
        assertThat(lines.length % 2).isZero();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < lines.length; i += 2) {
            ids.add(JSON.readTree(lines[i]).at("/create/_id").asText());
        }
        requests.add(ids);
        Verdict verdict = rule.apply(ids);
        if (verdict.status() != 200 || !verdict.body().isEmpty()) {
            send(exchange, verdict.status(), verdict.body());
            return;
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = JSON.createArrayNode();
        boolean errors = false;
        for (int i = 0; i < ids.size(); i++) {
            int status = create(ids.get(i), lines[2 * i + 1], verdict.items().getOrDefault(ids.get(i), 201));
            ObjectNode item = items.addObject().putObject("create").put("status", status);
            if (status != 201) {
                errors = true;
                item.putObject("error").put("type", "type_" + status);
            }
        }
        answer.put("took", 3).put("errors", errors).set("items", items);
        send(exchange, 200, answer.toString());
    }

    private int create(String id, String document, int status) throws IOException {
        if (status == 201 && documents.putIfAbsent(id, JSON.readTree(document)) != null) {
            return 409;
        }
        return status;
    }

    private static String plain(HttpExchange exchange) throws IOException {
        String coding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        try (InputStream in =
                coding == null ? exchange.getRequestBody() : new GZIPInputStream(exchange.getRequestBody())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
