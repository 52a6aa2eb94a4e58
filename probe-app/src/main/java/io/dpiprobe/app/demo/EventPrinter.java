// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.NanoClock;

/** Prints events as one short line each, not more than a person can read, and counts them by type. */
final class EventPrinter {
    private static final int LINES_PER_SECOND = 20;
    private static final long SECOND_NS = 1_000_000_000L;

    private final ObjectMapper json = new ObjectMapper();
    private final PrintWriter out;
    private final NanoClock clock;
    private final Map<String, Long> counts = new TreeMap<>();
    private long secondBeganNs;
    private int linesThisSecond;

    EventPrinter(PrintWriter out, NanoClock clock) {
        this.out = out;
        this.clock = clock;
        this.secondBeganNs = clock.nanoTime();
    }

    synchronized void onEvent(String event) {
        try {
            JsonNode node = json.readTree(event);
            counts.merge(node.path("event_type").asText(), 1L, Long::sum);
            if (mayPrint()) {
                out.println(EventLine.of(node));
                out.flush();
            }
        } catch (JsonProcessingException e) {
            out.println("not JSON: " + event);
            counts.merge("invalid", 1L, Long::sum);
        }
    }

    /** How many events of each type have come. */
    synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    private boolean mayPrint() {
        long nowNs = clock.nanoTime();
        if (nowNs - secondBeganNs >= SECOND_NS) {
            secondBeganNs = nowNs;
            linesThisSecond = 0;
        }
        return linesThisSecond++ < LINES_PER_SECOND;
    }
}
