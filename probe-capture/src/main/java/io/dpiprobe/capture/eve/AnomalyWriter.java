// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.Flow;
import io.dpiprobe.capture.packet.DecodeAnomaly;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.stream.StreamAnomaly;

/**
 * Writes an event for what breaks the rules: in the headers of a packet, in a TCP connection, in an application
 * protocol. Limited by kind: for each flow, and where there is none, for each second of packet time. One per worker.
 */
public final class AnomalyWriter {
    /** Events of one kind in one second, of packets without a flow. */
    @Bound(
            of = "anomaly events of one kind in a second, of packets without a flow",
            then = "further ones are counted",
            seen = "probe.suppressed")
    static final int MAX_PER_SECOND = 32;

    private static final String MISMATCH = "APPLAYER_MISMATCH_PROTOCOL_BOTH_DIRECTIONS";
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final EventWriter events;
    private final int[] written = new int[DecodeAnomaly.values().length];
    private final long[] suppressed = new long[DecodeAnomaly.values().length];
    private final long[] second = new long[DecodeAnomaly.values().length];
    private long suppressedTotal;

    public AnomalyWriter(EventWriter events) {
        this.events = events;
    }

    /** Anomalies so far that made no event because there were too many of their kind. */
    public long suppressed() {
        return suppressedTotal;
    }

    /** In the headers of a packet that belongs to no flow. The event says how many before it were left out. */
    public void onPacket(Packet packet, DecodeAnomaly kind) {
        int i = kind.ordinal();
        long now = packet.timestampNs() / NS_PER_SECOND;
        if (now != second[i]) {
            second[i] = now;
            written[i] = 0;
        }
        if (++written[i] > MAX_PER_SECOND) {
            suppressed[i]++;
            suppressedTotal++;
            return;
        }
        JsonWriter json = events.begin(EventType.ANOMALY, packet);
        body(json, "decode", kind.label());
        if (suppressed[i] > 0) {
            events.probe().number("suppressed", suppressed[i]);
            suppressed[i] = 0;
        }
        events.end(0);
    }

    /** In the headers of a packet of a flow. */
    public void onPacket(Flow flow, Direction direction, DecodeAnomaly kind, AnomalyCounts counts) {
        if (admit(counts, kind.label())) {
            body(events.begin(EventType.ANOMALY, flow, direction), "decode", kind.label());
            events.end(0);
        }
    }

    /** In a TCP connection. */
    public void onStream(Flow flow, Direction direction, StreamAnomaly kind, AnomalyCounts counts) {
        if (admit(counts, kind.label())) {
            body(events.begin(EventType.ANOMALY, flow, direction), "stream", kind.label());
            events.end(0);
        }
    }

    /** In what a dissector reads, in one transaction of it. */
    public void onTransaction(Flow flow, Direction direction, String protocol, String event, long transaction) {
        JsonWriter json = events.begin(EventType.ANOMALY, flow, direction);
        json.number("tx_id", transaction).beginObject("anomaly");
        json.ascii("app_proto", protocol).ascii("type", "applayer").ascii("event", event);
        json.ascii("layer", "proto_parser").endObject();
        events.end(0);
    }

    /** The two sides of a connection do not speak the same protocol. */
    public void onDetection(Flow flow, Direction direction, String protocol, AnomalyCounts counts) {
        if (admit(counts, MISMATCH)) {
            JsonWriter json = events.begin(EventType.ANOMALY, flow, direction).beginObject("anomaly");
            json.ascii("app_proto", protocol).ascii("type", "applayer").ascii("event", MISMATCH);
            json.ascii("layer", "proto_detect").endObject();
            events.end(0);
        }
    }

    /** Counts an anomaly of a flow; true if it may make an event. */
    public boolean admit(AnomalyCounts counts, String kind) {
        boolean admitted = counts.admit(kind);
        suppressedTotal += admitted ? 0 : 1;
        return admitted;
    }

    private static void body(JsonWriter json, String type, String event) {
        json.beginObject("anomaly").ascii("type", type).ascii("event", event).endObject();
    }
}
