// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.dpiprobe.transport.gate.TokenBucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Answers requests with events. */
final class EventsHandler implements HttpHandler {
    /** Above this share of the queue it asks for less. */
    private static final double PRESSURE = 0.8;

    private final int queueEvents;
    private final EventStore store;
    private final Faults faults;
    private final Queue<HttpExchange> hanging;
    private final TokenBucket bucket;
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();

    EventsHandler(CoreConfig config, EventStore store, Faults faults, Queue<HttpExchange> hanging) {
        this.queueEvents = config.queueEvents();
        this.store = store;
        this.faults = faults;
        this.hanging = hanging;
        this.bucket = new TokenBucket(config.eventsPerSecond(), System.nanoTime());
    }

    long requests() {
        return requests.get();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        if (!exchange.getRequestMethod().equals("POST")) {
            problem(exchange, 405, "events are sent by POST", null);
            return;
        }
        Fault fault = faults.next(System.nanoTime());
        if (fault == null) {
            take(exchange, false);
            return;
        }
        switch (fault.kind()) {
            case HEADER -> take(exchange, true);
            case BODY -> {
                drain(exchange);
                answer(exchange, "{\"status\":\"BACKPRESSURE\"}");
            }
            case STATUS -> problem(exchange, fault.status(), "a fault on demand", fault.retryAfter());
            case HANG -> hanging.add(exchange);
            case CLOSE -> exchange.close();
        }
    }

    private void take(HttpExchange exchange, boolean pressed) throws IOException {
        try {
            List<String> lines = Intake.read(exchange.getRequestHeaders(), exchange.getRequestBody());
            long waitNs = spend(lines.size());
            if (waitNs > 0) {
                String seconds = Long.toString(TimeUnit.NANOSECONDS.toSeconds(waitNs) + 1);
                problem(exchange, 429, "more events a second than agreed", seconds);
                return;
            }
            enqueue(exchange, lines, pressed);
        } catch (Intake.Refusal e) {
            problem(exchange, e.status(), String.valueOf(e.getMessage()), null);
        }
    }

    private long spend(int events) {
        synchronized (bucket) {
            long nowNs = System.nanoTime();
            long opensAtNs = bucket.opensAtNs();
            if (opensAtNs > nowNs) {
                return opensAtNs - nowNs;
            }
            bucket.spend(events, nowNs);
            return 0;
        }
    }

    private void enqueue(HttpExchange exchange, List<String> lines, boolean pressed)
            throws IOException, Intake.Refusal {
        int waiting = queued.addAndGet(lines.size());
        try {
            if (waiting > queueEvents) {
                problem(exchange, 503, "the queue is full", "1");
                return;
            }
            if (pressed || waiting > PRESSURE * queueEvents) {
                exchange.getResponseHeaders().set("X-Backpressure", "true");
            }
            answer(exchange, store(exchange, lines));
        } finally {
            queued.addAndGet(-lines.size());
        }
    }

    /** Stores events and returns the body of the answer. */
    private String store(HttpExchange exchange, List<String> lines) throws IOException, Intake.Refusal {
        List<EventStore.Event> events = new ArrayList<>(lines.size());
        for (String line : lines) {
            Identity identity = Identity.of(line);
            if (identity == null) {
                throw new Intake.Refusal(422, "an event is not JSON, or does not say which it is");
            }
            events.add(new EventStore.Event(identity, line));
        }
        int added = store.add(events);
        String last = exchange.getRequestHeaders().getFirst("X-Batch-Last-Seq");
        String ackedThrough = last != null && last.matches("[0-9]{1,18}") ? ",\"acked_through\":" + last : "";
        String status = added == 0 && !events.isEmpty() ? "DUPLICATE" : "OK";
        return "{\"status\":\"" + status + "\"" + ackedThrough + "}";
    }

    /** Says how full the queue is. */
    void health(HttpExchange exchange) throws IOException {
        double load = (double) queued.get() / queueEvents;
        answer(
                exchange,
                String.format(
                        Locale.ROOT,
                        "{\"status\":\"UP\",\"load\":%.3f,\"events_stored\":%d,\"duplicates\":%d}",
                        load,
                        store.stored(),
                        store.duplicates()));
    }

    /** Reads what is left of the request, so that the connection can be used again. */
    private static void drain(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readNBytes(Intake.MAX_BODY_BYTES);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        send(exchange, 200, "application/json", json);
    }

    /** Answers with a problem (RFC 9457). */
    private static void problem(HttpExchange exchange, int status, String detail, @Nullable String retryAfter)
            throws IOException {
        drain(exchange);
        String wait = "";
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            wait = retryAfter.matches("[0-9]{1,9}") ? ",\"retryAfter\":" + retryAfter : "";
        }
        String text = "{\"type\":\"about:blank\",\"status\":" + status + ",\"detail\":\"" + detail + "\"" + wait + "}";
        send(exchange, status, "application/problem+json", text);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean bodiless = status == 304;
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
