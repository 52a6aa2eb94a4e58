// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * Names an event for ever.
 *
 * @param stream what numbers events without holes: id, epoch, lane and worker of the probe
 * @param seq number in that stream
 */
record Identity(String stream, long seq) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads it from an event; null if that is not JSON or does not say. */
    static @Nullable Identity of(String event) {
        try {
            JsonNode root = JSON.readTree(event);
            JsonNode probe = root == null ? null : root.get("probe");
            if (probe == null || !probe.path("seq").isIntegralNumber()) {
                return null;
            }
            String stream = String.join(
                    "/",
                    probe.path("id").asText(),
                    probe.path("epoch").asText(),
                    probe.path("lane").asText(),
                    probe.path("worker").asText());
            return new Identity(stream, probe.path("seq").asLong());
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
