// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.metrics;

import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.transport.TransportStatistics;

/** Registers what became of events. */
final class EventMeters {
    private EventMeters() {}

    static void register(Meters<Probe> meters) {
        for (EventType type : EventType.values()) {
            meters.counter(
                    "events_accepted",
                    "Events written and offered to the buffer",
                    probe -> probe.eventsWritten(type),
                    "type",
                    type.label(),
                    "lane",
                    type.lane().label());
        }
        for (Lane lane : Lane.values()) {
            ofLane(meters, lane);
        }
        for (String reason : TransportStatistics.REFUSALS) {
            meters.counter(
                    "events_quarantined",
                    "Events that Core refuses for good, kept in a file",
                    probe -> probe.delivery().quarantinedByReason().getOrDefault(reason, 0L),
                    "reason",
                    reason);
        }
        meters.gauge("drop_rate_events_per_second", "Events given up a second, over the last ten", Probe::dropRate);
        meters.gauge(
                "ledger_imbalance_events",
                "Events accounted for nowhere or twice; 0 unless there is a bug",
                probe -> probe.ledger().imbalance());
    }

    private static void ofLane(Meters<Probe> meters, Lane lane) {
        meters.counter(
                "events_acked",
                "Events that Core has taken",
                probe -> probe.ledger().lane(lane).acked(),
                "lane",
                lane.label());
        meters.counter(
                "events_recovered",
                "Events found on disk at the start",
                probe -> probe.ledger().lane(lane).recovered(),
                "lane",
                lane.label());
        for (DropReason reason : DropReason.values()) {
            meters.counter(
                    "events_dropped",
                    "Events given up",
                    probe -> probe.ledger().lane(lane).dropped().getOrDefault(reason, 0L),
                    "lane",
                    lane.label(),
                    "reason",
                    reason.label());
        }
    }
}
