// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.capture.eve.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Takes events for tests, and checks of each that it is valid JSON, carries the sequence
 * number it was promised, and has no field that docs/events.md does not describe.
 */
public final class CollectedEvents implements EventSink {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The cap, one last string written in full with each byte as an escape, and the fields that close an event. */
    private static final int LONGEST = JsonWriter.MAX_EVENT_BYTES + 6 * JsonWriter.MAX_STRING_BYTES + 4 * 1024;

    private final long[] seq = {1, 1, 1};
    private final List<String> lines = new ArrayList<>();
    private final List<JsonNode> events = new ArrayList<>();

    @Override
    public long nextSeq(Lane lane) {
        return seq[lane.ordinal()];
    }

    @Override
    public boolean offer(Lane lane, DirectBuffer event, int offset, int length) {
        assertThat(length).as("capped").isLessThanOrEqualTo(LONGEST);
        byte[] bytes = new byte[length];
        event.getBytes(offset, bytes);
        String line = new String(bytes, StandardCharsets.UTF_8);
        JsonNode node = parse(line);
        assertThat(line.getBytes(StandardCharsets.UTF_8)).as("valid UTF-8").isEqualTo(bytes);
        assertThat(node.at("/probe/seq").asLong()).isEqualTo(seq[lane.ordinal()]++);
        assertThat(node.at("/probe/lane").asText()).isEqualTo(lane.label());
        assertThat(EventsPage.get().missing(node)).as("in docs/events.md").isEmpty();
        lines.add(line);
        events.add(node);
        return true;
    }

    @Override
    public void refuse(Lane lane, DropReason reason) {
        throw new AssertionError("refused: " + reason);
    }

    @Override
    public void onTick(long nowNs) {}

    @Override
    public void flush() {}

    /** Every event so far. */
    public List<JsonNode> all() {
        return events;
    }

    /** Every event so far, as it was written. */
    public List<String> lines() {
        return lines;
    }

    /** The events of one type. */
    public List<JsonNode> ofType(String type) {
        return events.stream()
                .filter(event -> event.path("event_type").asText().equals(type))
                .toList();
    }

    /** The protocol's own objects of the events of one type. */
    public List<JsonNode> bodies(String type) {
        return ofType(type).stream().map(event -> event.path(type)).toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
