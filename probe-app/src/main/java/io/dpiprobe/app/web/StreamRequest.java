// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import com.sun.net.httpserver.HttpExchange;
import io.dpiprobe.app.tap.EventFilter;
import io.dpiprobe.app.tap.StreamOptions;
import io.dpiprobe.app.tap.StreamOptions.Strategy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a watcher wants; throws {@link IllegalArgumentException} with the reason if it cannot be had. */
final class StreamRequest {
    private static final int DEFAULT_HEARTBEAT_SECONDS = 5;
    private static final int MAX_HEARTBEAT_SECONDS = 60;
    private static final Set<String> PARAMETERS = Set.of("type", "host", "limit", "heartbeat");

    private final HttpExchange exchange;
    private final Map<String, String> query;

    private StreamRequest(HttpExchange exchange) {
        this.exchange = exchange;
        this.query = query(exchange.getRequestURI().getRawQuery());
    }

    static StreamOptions read(HttpExchange exchange) {
        StreamRequest request = new StreamRequest(exchange);
        return new StreamOptions(
                new EventFilter(request.words("type"), request.words("host")),
                (int) request.header("X-Stream-Buffer-Size", StreamOptions.DEFAULT_BUFFER, StreamOptions.MAX_BUFFER),
                (int) request.header("X-Stream-Rate-Limit", StreamOptions.DEFAULT_RATE, StreamOptions.MAX_RATE),
                request.strategy(),
                Duration.ofSeconds(request.number("heartbeat", DEFAULT_HEARTBEAT_SECONDS, MAX_HEARTBEAT_SECONDS)),
                request.number("limit", StreamOptions.MAX_EVENTS, StreamOptions.MAX_EVENTS));
    }

    private static Map<String, String> query(@Nullable String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text == null || text.isEmpty() ? List.<String>of() : List.of(text.split("&"))) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!PARAMETERS.contains(name)) {
                throw new IllegalArgumentException("the parameters are type, host, limit and heartbeat");
            }
            query.put(name, equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private Set<String> words(String name) {
        Set<String> words = new HashSet<>(List.of(query.getOrDefault(name, "").split(",")));
        words.remove("");
        return words;
    }

    private Strategy strategy() {
        String text = exchange.getRequestHeaders().getFirst("X-Stream-Buffer-Strategy");
        return switch (text == null ? "drop-oldest" : text.toLowerCase(Locale.ROOT)) {
            case "drop-oldest" -> Strategy.DROP_OLDEST;
            case "block" -> Strategy.BLOCK;
            default -> throw new IllegalArgumentException("X-Stream-Buffer-Strategy is drop-oldest or block");
        };
    }

    private long header(String name, long otherwise, long max) {
        return bounded(name, exchange.getRequestHeaders().getFirst(name), otherwise, max);
    }

    private long number(String name, long otherwise, long max) {
        return bounded(name, query.get(name), otherwise, max);
    }

    private static long bounded(String name, @Nullable String text, long otherwise, long max) {
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) < 1 || Long.parseLong(text) > max) {
            throw new IllegalArgumentException(name + " is a number from 1 to " + max);
        }
        return Long.parseLong(text);
    }
}
