// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import com.sun.net.httpserver.HttpExchange;
import io.dpiprobe.app.tap.EventStream;
import io.dpiprobe.app.tap.EventTap;
import io.dpiprobe.app.tap.StreamOptions;
import java.io.IOException;

/** Answers requests for live events. */
final class StreamHandler {
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int NO_BODY = -1;

    private final EventTap tap;

    StreamHandler(EventTap tap) {
        this.tap = tap;
    }

    void handle(HttpExchange exchange) throws IOException {
        StreamOptions options;
        try {
            options = StreamRequest.read(exchange);
        } catch (IllegalArgumentException e) {
            Reply.send(exchange, Answer.problem(BAD_REQUEST, "Bad request", String.valueOf(e.getMessage())));
            return;
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
            exchange.sendResponseHeaders(Answer.OK, NO_BODY);
            return;
        }
        try (EventStream stream = tap.watch(options)) {
            if (stream == null) {
                Reply.send(
                        exchange,
                        Answer.problem(
                                        TOO_MANY_REQUESTS,
                                        "Too many streams",
                                        "at most " + EventTap.MAX_STREAMS + " streams at the same time")
                                .with("Retry-After", "5"));
            } else {
                write(exchange, stream);
            }
        }
    }

    /** An interrupt means that the reader has stopped reading, or that the server closes. */
    private void write(HttpExchange exchange, EventStream stream) throws IOException {
        Reply.secure(exchange.getResponseHeaders());
        try {
            new StreamAnswer(stream, Deadline.current()).write(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
