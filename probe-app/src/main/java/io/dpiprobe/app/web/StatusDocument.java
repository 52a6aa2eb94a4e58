// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dpiprobe.app.BuildInfo;
import io.dpiprobe.app.probe.CaptureWorker;
import io.dpiprobe.app.probe.PacketLedger;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.buffer.BufferStats;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.LaneLedger;
import io.dpiprobe.buffer.LastRun;
import io.dpiprobe.buffer.LedgerSnapshot;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.transport.TransportStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Writes what {@code /status} answers. */
final class StatusDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NS_PER_SECOND = 1e9;

    private StatusDocument() {}

    static String of(Probe probe) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", BuildInfo.version());
        root.put("id", probe.identity().id());
        root.put("epoch", probe.identity().epoch());
        root.put(
                "uptime_seconds",
                Duration.between(probe.identity().started(), Instant.now()).toSeconds());
        root.put("ready", probe.isReady()).put("healthy", probe.isHealthy()).put("faults", probe.faults());
        packets(root.putObject("capture"), probe.packets());
        flows(root.putObject("flows"), probe);
        events(root.putObject("events"), probe);
        ledger(root.putObject("ledger"), probe.ledger());
        killedRun(root, probe.lastRun());
        buffer(root.putObject("buffer"), probe.buffer());
        delivery(root.putObject("delivery"), probe);
        return root.toPrettyString() + "\n";
    }

    private static void packets(ObjectNode node, PacketLedger packets) {
        node.put("received", packets.received())
                .put("captured", packets.source().captured())
                .put("captured_bytes", packets.source().capturedBytes())
                .put("kernel_dropped", packets.source().kernelDropped())
                .put("interface_dropped", packets.source().interfaceDropped())
                .put("decoded", packets.decoded());
        ObjectNode undecodable = node.putObject("undecodable");
        packets.undecodable().forEach((reason, count) -> undecodable.put(reason.label(), count));
    }

    private static void flows(ObjectNode node, Probe probe) {
        node.put(
                "active",
                probe.workers().stream()
                        .map(CaptureWorker::statistics)
                        .mapToLong(statistics -> statistics.flowsActive())
                        .sum());
        node.put(
                "created",
                probe.workers().stream()
                        .map(CaptureWorker::statistics)
                        .mapToLong(statistics -> statistics.flowsCreated())
                        .sum());
    }

    /** Written events by type, those that have occurred. */
    private static void events(ObjectNode node, Probe probe) {
        for (EventType type : EventType.values()) {
            long written = probe.eventsWritten(type);
            if (written > 0) {
                node.put(type.label(), written);
            }
        }
    }

    private static void ledger(ObjectNode node, LedgerSnapshot ledger) {
        for (Lane lane : Lane.values()) {
            lane(node.putObject(lane.label()), ledger.lane(lane));
        }
        node.put("imbalance", ledger.imbalance());
    }

    private static void killedRun(ObjectNode root, LastRun last) {
        if (last.end() == LastRun.End.KILLED) {
            ObjectNode node = root.putObject("killed_run").put("epoch", last.epoch());
            if (last.isLossKnown()) {
                ObjectNode lost = node.putObject("lost_at_most");
                last.lostAtMost().forEach((lane, events) -> lost.put(lane.label(), events));
            }
        }
    }

    private static void lane(ObjectNode node, LaneLedger lane) {
        node.put("accepted", lane.accepted())
                .put("recovered", lane.recovered())
                .put("acked", lane.acked())
                .put("in_memory", lane.inMemory())
                .put("on_disk", lane.onDisk())
                .put("in_flight", lane.inFlight())
                .put("quarantined", lane.quarantined());
        ObjectNode dropped = node.putObject("dropped");
        lane.dropped().forEach((reason, count) -> dropped.put(reason.label(), count));
    }

    private static void buffer(ObjectNode node, BufferStats stats) {
        tier(node.putObject("memory"), stats.memory());
        tier(node.putObject("disk"), stats.disk());
        node.put("disk_state", stats.diskState().name().toLowerCase(Locale.ROOT));
    }

    private static void tier(ObjectNode node, BufferStats.Tier tier) {
        node.put("used_bytes", tier.usedBytes())
                .put("capacity_bytes", tier.capacityBytes())
                .put("oldest_event_age_seconds", tier.oldestAgeNs() / NS_PER_SECOND)
                .put("full_count", tier.fullCount());
        ObjectNode lanes = node.putObject("lanes");
        tier.laneBytes().forEach((lane, bytes) -> lanes.put(lane.label(), bytes));
    }

    private static void delivery(ObjectNode node, Probe probe) {
        TransportStatistics delivery = probe.delivery();
        node.put("core", probe.config().transport().urls().toString())
                .put("level", probe.level().label())
                .put("drop_rate_events_per_second", probe.dropRate())
                .put("circuit_breaker", delivery.breaker().label())
                .put("level", probe.level().label())
                .put("backpressure", delivery.backpressureActive())
                .put("backoff_seconds", delivery.backoffSeconds())
                .put("in_flight", delivery.inFlight())
                .put("concurrency_limit", delivery.concurrencyLimit());
        ObjectNode sampling = node.putObject("sampling_ratio");
        for (Lane lane : Lane.values()) {
            sampling.put(lane.label(), probe.samplingRatio(lane));
        }
        BackpressureDocuments.times(node.putObject("latency_seconds"), delivery.deliveryLatencies());
        BackpressureDocuments.times(node.putObject("request_seconds"), delivery.requestDurations());
        ObjectNode requests = node.putObject("requests");
        delivery.requestsByClass().forEach(requests::put);
    }
}
