// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.dpiprobe.transport.gate.TokenBucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Answers requests with events. */
final class EventsHandler implements HttpHandler {
    /** Above this share of the queue it asks for less. */
    private static final double PRESSURE = 0.8;

    /** So much more than it took it claims to have, when it is to boast. */
    private static final long BOAST = 1_000_000;

    private final EventStore store;
    private final Faults faults;
    private final Misbehaviour misbehaviour;
    private final TokenBucket bucket;
    private final ProcessingQueue queue;
    private final @Nullable SignatureCheck signatures;
    private final AtomicLong requests = new AtomicLong();

    EventsHandler(CoreConfig config, EventStore store, Faults faults, Misbehaviour misbehaviour) {
        this.store = store;
        this.faults = faults;
        this.misbehaviour = misbehaviour;
        long nowNs = System.nanoTime();
        CoreConfig.Limits limits = config.limits();
        this.bucket = new TokenBucket(limits.eventsPerSecond(), nowNs);
        this.queue = new ProcessingQueue(limits.queueEvents(), limits.processedPerSecond(), nowNs);
        PublicKey signer = config.signer();
        this.signatures = signer == null ? null : new SignatureCheck(signer);
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
            take(exchange, Manner.NORMAL);
            return;
        }
        switch (fault.kind()) {
            case HEADER -> take(exchange, Manner.PRESSED);
            case PARTIAL -> take(exchange, Manner.HALF);
            case REJECT -> take(exchange, Manner.ALL_BUT_ONE);
            case OVERCLAIM -> take(exchange, Manner.BOASTING);
            case LOST -> take(exchange, Manner.SILENT);
            case BODY -> {
                drain(exchange);
                answer(exchange, "{\"status\":\"BACKPRESSURE\"}");
            }
            case STATUS -> problem(exchange, fault.status(), "a fault on demand", fault.retryAfter());
            case HANG, CLOSE -> misbehaviour.answer(fault.kind(), exchange);
            default -> {
                keep(exchange);
                misbehaviour.answer(fault.kind(), exchange);
            }
        }
    }

    /** Stores the events, whatever the answer will be: a status of 200 promises that. */
    private void keep(HttpExchange exchange) throws IOException {
        try {
            List<String> lines = Intake.read(exchange.getRequestHeaders(), exchange.getRequestBody());
            store(events(lines), Manner.SILENT);
        } catch (Intake.Refusal e) {
            throw new IOException("a fault that answers 200 met a request that cannot be read", e);
        }
    }

    /** How events are taken. */
    private enum Manner {
        NORMAL,
        PRESSED,
        HALF,
        ALL_BUT_ONE,
        BOASTING,
        SILENT
    }

    private void take(HttpExchange exchange, Manner manner) throws IOException {
        try {
            Headers headers = exchange.getRequestHeaders();
            List<String> lines = Intake.read(headers, exchange.getRequestBody());
            if (signatures != null) {
                signatures.verify(headers, TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()));
            }
            long waitNs = spend(lines.size());
            if (waitNs > 0) {
                problem(exchange, 429, "more events a second than agreed", seconds(waitNs));
                return;
            }
            enqueue(exchange, lines, manner);
        } catch (Intake.Refusal e) {
            problem(exchange, e.status(), String.valueOf(e.getMessage()), null);
        }
    }

    /** At least one. */
    private static String seconds(long ns) {
        return Long.toString(TimeUnit.NANOSECONDS.toSeconds(ns) + 1);
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

    private void enqueue(HttpExchange exchange, List<String> lines, Manner manner) throws IOException, Intake.Refusal {
        if (lines.size() > queue.capacity()) {
            throw new Intake.Refusal(413, "the queue holds " + queue.capacity() + " events");
        }
        List<EventStore.Event> events = events(lines);
        long nowNs = System.nanoTime();
        if (!queue.offer(lines.size(), nowNs)) {
            problem(exchange, 503, "the queue is full", seconds(queue.roomInNs(lines.size(), nowNs)));
            return;
        }
        if (manner == Manner.PRESSED || queue.load(nowNs) > PRESSURE) {
            exchange.getResponseHeaders().set("X-Backpressure", "true");
        }
        String body = store(events, manner);
        if (manner == Manner.SILENT) {
            exchange.close();
        } else {
            answer(exchange, body);
        }
    }

    private static List<EventStore.Event> events(List<String> lines) throws Intake.Refusal {
        List<EventStore.Event> events = new ArrayList<>(lines.size());
        for (String line : lines) {
            Identity identity = Identity.of(line);
            if (identity == null) {
                throw new Intake.Refusal(422, "an event is not JSON, or does not say which it is");
            }
            events.add(new EventStore.Event(identity, line));
        }
        return events;
    }

    /** Stores events and returns the body of the answer. */
    private String store(List<EventStore.Event> events, Manner manner) throws IOException {
        int from = manner == Manner.ALL_BUT_ONE ? 1 : 0;
        int to = manner == Manner.HALF ? (events.size() + 1) / 2 : events.size();
        int added = store.add(events.subList(Math.min(from, to), to));
        if (events.isEmpty()) {
            return "{\"status\":\"OK\"}";
        }
        long claimed = events.get(to - 1).identity().seq() + (manner == Manner.BOASTING ? BOAST : 0);
        String status = from > 0 || to < events.size() ? "PARTIAL" : added == 0 ? "DUPLICATE" : "OK";
        String rejected = from == 0
                ? ""
                : ",\"rejected\":[{\"seq\":" + events.get(0).identity().seq() + ",\"code\":\"on_demand\"}]";
        return "{\"status\":\"" + status + "\",\"acked_through\":" + claimed + rejected + "}";
    }

    /** Says how full the queue is. */
    void health(HttpExchange exchange) throws IOException {
        double load = queue.load(System.nanoTime());
        answer(
                exchange,
                String.format(
                        Locale.ROOT,
                        "{\"status\":\"%s\",\"load\":%.3f,\"events_stored\":%d,\"duplicates\":%d}",
                        load > PRESSURE ? "BUSY" : "UP",
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
