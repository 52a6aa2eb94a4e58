// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Answers in ways in which no server should. */
final class Misbehaviour implements AutoCloseable {
    private static final int HUGE_HEADER_BYTES = 1 << 20;
    private static final byte[] NONSENSE = "{\"status\":[[[\u0000".repeat(500).getBytes(StandardCharsets.UTF_8);

    private final Queue<HttpExchange> open = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "reference-core-slow");
        thread.setDaemon(true);
        return thread;
    });

    void answer(Fault.Kind kind, HttpExchange exchange) throws IOException {
        switch (kind) {
            case HANG -> open.add(exchange);
            case CLOSE -> exchange.close();
            case STALL -> {
                begin(exchange, NONSENSE.length);
                open.add(exchange);
            }
            case SLOW -> trickle(exchange);
            case ENDLESS -> flood(exchange);
            case TRUNCATED -> {
                begin(exchange, NONSENSE.length);
                exchange.getResponseBody().write(NONSENSE, 0, 1);
                exchange.getResponseBody().flush();
                exchange.close();
            }
            case HUGE_HEADER -> {
                exchange.getResponseHeaders().set("X-Long", "x".repeat(HUGE_HEADER_BYTES));
                begin(exchange, -1);
                exchange.close();
            }
            case GARBAGE -> {
                begin(exchange, NONSENSE.length);
                exchange.getResponseBody().write(NONSENSE);
                exchange.close();
            }
            default -> throw new IllegalArgumentException(kind + " is an answer as it should be");
        }
    }

    /** Sends the status line and the headers; length -1 is no body, 0 is one without an end. */
    private static void begin(HttpExchange exchange, long length) throws IOException {
        exchange.getRequestBody().readNBytes(Intake.MAX_BODY_BYTES);
        exchange.sendResponseHeaders(200, length);
    }

    /** One byte a second. */
    private void trickle(HttpExchange exchange) throws IOException {
        begin(exchange, NONSENSE.length);
        open.add(exchange);
        Future<?> unused = clock.scheduleWithFixedDelay(() -> next(exchange), 0, 1, TimeUnit.SECONDS);
    }

    private static void next(HttpExchange exchange) {
        try {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            exchange.close();
            throw new IllegalStateException("the other side has gone, and this task ends", e);
        }
    }

    /** As fast as it is read, until the other side has had enough. */
    private static void flood(HttpExchange exchange) throws IOException {
        begin(exchange, 0);
        try (exchange) {
            while (true) {
                exchange.getResponseBody().write(NONSENSE);
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        open.forEach(HttpExchange::close);
    }
}
