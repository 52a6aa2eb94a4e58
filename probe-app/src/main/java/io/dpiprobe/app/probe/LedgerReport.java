// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.LaneLedger;
import io.dpiprobe.buffer.LastRun;
import io.dpiprobe.buffer.LedgerSnapshot;
import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Undecodable;
import java.util.EnumSet;

/** Writes the event that accounts for packets and events. */
final class LedgerReport {
    private final EventWriter events;
    private final LastRun lastRun;

    /** @param lastRun the run before, of which each report tells if it was killed */
    LedgerReport(EventSink sink, EventIdentity identity, LastRun lastRun) {
        this.lastRun = lastRun;
        this.events = new EventWriter(sink, identity, PacketNumbers.HIDDEN, EnumSet.of(EventType.LEDGER));
    }

    /** @param isFinal whether the probe stops and this is its last word */
    void write(long epochNs, PacketLedger packets, LedgerSnapshot ledger, boolean isFinal) {
        events.atTime(epochNs);
        JsonWriter json = events.begin(EventType.LEDGER);
        json.beginObject("ledger");
        packets(json, packets);
        json.beginObject("events");
        for (Lane lane : Lane.values()) {
            json.beginObject(lane.label());
            lane(json, ledger.lane(lane));
            json.endObject();
        }
        json.endObject();
        json.number("imbalance", ledger.imbalance()).bool("final", isFinal);
        if (lastRun.end() == LastRun.End.KILLED) {
            killed(json);
        }
        json.endObject();
        events.end(0);
    }

    private void killed(JsonWriter json) {
        json.beginObject("killed_run").ascii("epoch", lastRun.epoch());
        if (lastRun.isLossKnown()) {
            json.beginObject("lost_at_most");
            for (Lane lane : Lane.values()) {
                json.number(lane.label(), lastRun.lostAtMost(lane));
            }
            json.endObject();
        }
        json.endObject();
    }

    /** Events so far; for any thread, at most a little late. */
    long[] written() {
        return events.written();
    }

    private static void packets(JsonWriter json, PacketLedger packets) {
        json.beginObject("packets");
        json.number("received", packets.received());
        json.number("kernel_dropped", packets.source().kernelDropped());
        json.number("interface_dropped", packets.source().interfaceDropped());
        json.number("captured", packets.source().captured());
        json.number("captured_bytes", packets.source().capturedBytes());
        json.number("decoded", packets.decoded());
        json.beginObject("undecodable");
        for (Undecodable reason : Undecodable.values()) {
            json.number(reason.label(), packets.undecodable().getOrDefault(reason, 0L));
        }
        json.endObject().endObject();
    }

    private static void lane(JsonWriter json, LaneLedger lane) {
        json.number("accepted", lane.accepted()).number("recovered", lane.recovered());
        json.number("acked", lane.acked()).number("in_memory", lane.inMemory());
        json.number("on_disk", lane.onDisk()).number("in_flight", lane.inFlight());
        json.number("quarantined", lane.quarantined());
        json.beginObject("dropped");
        for (DropReason reason : DropReason.values()) {
            json.number(reason.label(), lane.dropped().getOrDefault(reason, 0L));
        }
        json.endObject();
    }
}
