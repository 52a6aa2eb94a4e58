// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.metrics;

import io.dpiprobe.app.probe.CaptureWorker;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.capture.PipelineStatistics;
import io.dpiprobe.capture.flow.EndReason;
import io.dpiprobe.capture.packet.Undecodable;
import java.util.function.ToDoubleFunction;

/** Registers what is counted from the wire to the event. */
final class CaptureMeters {
    private CaptureMeters() {}

    static void register(Meters<Probe> meters) {
        packets(meters);
        flows(meters);
        meters.counter("faults", "Exceptions that reached the top of a thread", Probe::faults);
        meters.counter(
                "reproducers_saved",
                "Packets at which a dissector failed that were saved in REPRODUCER_DIR",
                Probe::reproducersSaved);
    }

    private static void packets(Meters<Probe> meters) {
        meters.counter(
                "packets_received",
                "Packets that reached the interface and were wanted",
                probe -> probe.packets().received());
        meters.counter(
                "packets_captured",
                "Packets handed to the probe",
                probe -> probe.packets().source().captured());
        meters.counter(
                "bytes_captured",
                "Captured bytes handed to the probe",
                probe -> probe.packets().source().capturedBytes());
        String dropped = "Packets lost before the probe saw them";
        meters.counter(
                "packets_dropped", dropped, probe -> probe.packets().source().kernelDropped(), "by", "kernel");
        meters.counter(
                "packets_dropped", dropped, probe -> probe.packets().source().interfaceDropped(), "by", "interface");
        for (Undecodable reason : Undecodable.values()) {
            meters.counter(
                    "packets_undecodable",
                    "Packets without a place in a flow",
                    sum(statistics -> statistics.undecodable(reason)),
                    "reason",
                    reason.label());
        }
    }

    private static void flows(Meters<Probe> meters) {
        meters.gauge("flows_active", "Flows followed now", sum(PipelineStatistics::flowsActive));
        meters.counter("flows_created", "Flows begun", sum(PipelineStatistics::flowsCreated));
        for (EndReason reason : EndReason.values()) {
            meters.counter(
                    "flows_evicted",
                    "Flows ended, by reason; forced is a full flow table or heap",
                    sum(statistics -> statistics.flowsEnded(reason)),
                    "reason",
                    reason.label());
        }
        meters.counter(
                "stream_gaps",
                "Holes in TCP streams that were never filled",
                sum(statistics -> statistics.inspector().gaps()));
        limits(meters);
        meters.counter(
                "protocol_violations",
                "Streams and datagrams that broke the rules of their protocol",
                sum(statistics -> statistics.inspector().invalid()));
        meters.counter(
                "dissector_failures",
                "Bugs: exceptions in a dissector, each of which cost one flow its dissection",
                sum(statistics -> statistics.inspector().failures()));
    }

    private static void limits(Meters<Probe> meters) {
        String limit = "Times that a limit was reached";
        meters.counter(
                "limit_reached",
                limit,
                sum(statistics -> statistics.inspector().messageTooLong()),
                "limit",
                "message_bytes");
        meters.counter("limit_reached", limit, sum(PipelineStatistics::flowsEndedForTable), "limit", "flows");
        meters.counter("limit_reached", limit, sum(PipelineStatistics::flowsEndedForHeap), "limit", "heap");
        meters.counter(
                "limit_reached", limit, sum(statistics -> statistics.inspector().overworked()), "limit", "work");
        meters.counter(
                "limit_reached",
                limit,
                sum(statistics -> statistics.inspector().expectationsEvicted()),
                "limit",
                "expectations");
    }

    private static ToDoubleFunction<Probe> sum(ToDoubleFunction<PipelineStatistics> value) {
        return probe -> probe.workers().stream()
                .map(CaptureWorker::statistics)
                .mapToDouble(value)
                .sum();
    }
}
