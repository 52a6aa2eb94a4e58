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
    private static final int MAX_DETAIL = 70;

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
                out.println(line(node));
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

    private static String line(JsonNode event) {
        String type = event.path("event_type").asText();
        return "%s  %-8s %-21s > %-21s %s"
                .formatted(
                        time(event),
                        type,
                        side(event, "src_ip", "src_port"),
                        side(event, "dest_ip", "dest_port"),
                        detail(type, event));
    }

    private static String time(JsonNode event) {
        String timestamp = event.path("timestamp").asText();
        return timestamp.length() > 23 ? timestamp.substring(11, 23) : timestamp;
    }

    private static String side(JsonNode event, String address, String port) {
        String text = event.path(address).asText();
        return event.has(port) ? text + ":" + event.path(port).asText() : text;
    }

    private static String detail(String type, JsonNode event) {
        JsonNode body = event.path(type);
        String text = switch (type) {
            case "dns" ->
                body.path("type").asText() + " "
                        + body.path("queries").path(0).path("rrname").asText();
            case "tls" -> body.path("version").asText() + " " + body.path("sni").asText();
            case "http" ->
                body.path("http_method").asText() + " "
                        + body.path("hostname").asText() + body.path("url").asText() + " "
                        + body.path("status").asText();
            case "flow" ->
                event.path("app_proto").asText() + " "
                        + (body.path("bytes_toserver").asLong()
                                + body.path("bytes_toclient").asLong()) + " bytes";
            case "ledger" -> body.path("packets").path("captured").asText() + " packets captured";
            default -> body.toString();
        };
        return text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) + "..." : text;
    }
}
