// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** Says an event in one line, for a person. */
public final class EventLine {
    private static final int MAX_DETAIL = 70;

    private EventLine() {}

    /** Time, type, who to whom, and what matters most. */
    public static String of(JsonNode event) {
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
