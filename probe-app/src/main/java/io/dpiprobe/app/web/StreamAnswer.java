// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import com.sun.net.httpserver.HttpExchange;
import io.dpiprobe.app.tap.EventStream;
import io.dpiprobe.app.tap.StreamOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Writes events to a watcher as they come, one a line, with a heartbeat while there are none, until one side ends it. */
final class StreamAnswer {
    private static final int LINES_PER_FLUSH = 100;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    /** After a silence so much may come at once. */
    private static final long LONGEST_CATCH_UP_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long SHORTEST_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final EventStream stream;
    private final StreamOptions options;
    private final Deadline deadline;
    private long sent;
    private long lastWordNs = System.nanoTime();
    private long nextDueNs = System.nanoTime();

    StreamAnswer(EventStream stream, Deadline deadline) {
        this.stream = stream;
        this.options = stream.options();
        this.deadline = deadline;
    }

    void write(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(Answer.OK, 0);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody())) {
            say(out, "heartbeat");
            while (!stream.isOver() && sent < options.maxEvents()) {
                byte[] event = stream.take(options.heartbeat().toNanos());
                deadline.extend();
                if (event == null) {
                    say(out, "heartbeat");
                } else {
                    line(out, event);
                }
                if (System.nanoTime() - lastWordNs >= options.heartbeat().toNanos()) {
                    say(out, "heartbeat");
                }
            }
            say(out, "end");
        }
    }

    private void line(OutputStream out, byte[] event) throws IOException, InterruptedException {
        out.write(event);
        out.write('\n');
        sent++;
        if (stream.waiting() == 0 || sent % LINES_PER_FLUSH == 0) {
            out.flush();
        }
        pace(out);
    }

    /** Waits until the next event is due: the reader sees them evenly spread. */
    private void pace(OutputStream out) throws IOException, InterruptedException {
        nextDueNs =
                Math.max(nextDueNs, System.nanoTime() - LONGEST_CATCH_UP_NS) + SECOND_NS / options.eventsPerSecond();
        long earlyNs = nextDueNs - System.nanoTime();
        if (earlyNs > SHORTEST_SLEEP_NS) {
            out.flush();
            TimeUnit.NANOSECONDS.sleep(earlyNs);
        }
    }

    private void say(OutputStream out, String what) throws IOException {
        String line = "{\"" + what + "\":{\"sent\":" + sent + ",\"missed\":" + stream.missed() + ",\"waiting\":"
                + stream.waiting() + "}}\n";
        out.write(line.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        lastWordNs = System.nanoTime();
    }
}
