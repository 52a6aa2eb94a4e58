// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.secrets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A Core that says again all that it was told: in headers, bodies and codes. */
final class EchoingCore implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final String answer;
    private volatile String token = "";

    private EchoingCore(HttpServer server, String answer) {
        this.server = server;
        this.answer = answer;
    }

    /** The answer is a status, or "rejected" for an ack that rejects every event. */
    static EchoingCore open(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        EchoingCore core = new EchoingCore(server, answer);
        server.createContext("/", core::handle);
        server.setExecutor(core.threads);
        server.start();
        return core;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int requests() {
        return requests.get();
    }

    /** What the probe showed last. */
    String token() {
        return token;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            token = shown;
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"" + shown + "\"");
            exchange.getResponseHeaders().set("Location", "http://user:" + shown.replace(' ', '.') + "@elsewhere/");
            exchange.getResponseHeaders().set("Retry-After", shown);
            byte[] body = body(exchange, shown).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.equals("rejected") ? 200 : Integer.parseInt(answer), body.length);
            exchange.getResponseBody().write(body);
            requests.incrementAndGet();
        }
    }

    private String body(HttpExchange exchange, String shown) {
        if (!answer.equals("rejected")) {
            return "{\"type\":\"%s\",\"title\":\"%s\",\"detail\":\"%s\"}".formatted(shown, shown, shown);
        }
        long first = Long.parseLong(exchange.getRequestHeaders().getFirst("X-Batch-First-Seq"));
        long last = Long.parseLong(exchange.getRequestHeaders().getFirst("X-Batch-Last-Seq"));
        return "{\"status\":\"PARTIAL\",\"acked_through\":%d,\"rejected\":[{\"seq\":%d,\"code\":\"%s\"}]}"
                .formatted(last, first, shown);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
