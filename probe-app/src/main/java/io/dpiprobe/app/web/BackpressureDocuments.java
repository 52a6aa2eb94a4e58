// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.app.tap.EventTap;
import io.dpiprobe.buffer.BufferStats;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.TimeHistogram;
import io.dpiprobe.transport.TransportStatistics;
import io.dpiprobe.transport.gate.GateConfig;
import java.util.Map;

/** Writes what the parts of {@code /api/v1} answer. */
final class BackpressureDocuments {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NS_PER_SECOND = 1e9;
    private static final double MS_PER_SECOND = 1e3;

    private BackpressureDocuments() {}

    /** Whether Core wants less, and what is done about it. */
    static String status(Probe probe) {
        TransportStatistics delivery = probe.delivery();
        ObjectNode root = JSON.createObjectNode();
        root.put("level", probe.level().label())
                .put("active", delivery.backpressureActive())
                .put("active_seconds_total", delivery.backpressureSeconds())
                .put("backoff_seconds", delivery.backoffSeconds())
                .put("circuit_breaker", delivery.breaker().label());
        put(root.putObject("signals"), delivery.backpressureSignals());
        ObjectNode sampling = root.putObject("sampling_ratio");
        for (Lane lane : Lane.values()) {
            sampling.put(lane.label(), probe.samplingRatio(lane));
        }
        return text(root);
    }

    /** The figures by which the level is judged, and what was given up. */
    static String metrics(Probe probe) {
        TransportStatistics delivery = probe.delivery();
        ObjectNode root = JSON.createObjectNode();
        root.put("events_accepted", probe.ledger().total(lane -> lane.accepted()))
                .put("events_acked", probe.ledger().total(lane -> lane.acked()))
                .put("events_dropped", probe.ledger().total(lane -> lane.droppedTotal()))
                .put("drop_rate_events_per_second", probe.dropRate());
        BufferStats buffer = probe.buffer();
        tier(root.putObject("memory"), buffer.memory());
        tier(root.putObject("disk"), buffer.disk());
        times(root.putObject("request_seconds"), delivery.requestDurations());
        times(root.putObject("delivery_seconds"), delivery.deliveryLatencies());
        return text(root);
    }

    private static void tier(ObjectNode node, BufferStats.Tier tier) {
        node.put("used_bytes", tier.usedBytes())
                .put("capacity_bytes", tier.capacityBytes())
                .put("oldest_event_age_seconds", tier.oldestAgeNs() / NS_PER_SECOND)
                .put("full_count", tier.fullCount());
    }

    /** Quantiles since the start. */
    static void times(ObjectNode node, TimeHistogram.Summary times) {
        node.put("count", times.count())
                .put("p50", times.percentileNs(0.5) / NS_PER_SECOND)
                .put("p95", times.percentileNs(0.95) / NS_PER_SECOND)
                .put("p99", times.percentileNs(0.99) / NS_PER_SECOND)
                .put("max", times.maxNs() / NS_PER_SECOND);
    }

    static String circuitBreaker(Probe probe) {
        TransportStatistics delivery = probe.delivery();
        GateConfig config = probe.config().transport().gate();
        ObjectNode root = JSON.createObjectNode();
        root.put("state", delivery.breaker().label());
        put(root.putObject("transitions"), delivery.breakerTransitions());
        root.put("failure_threshold", config.failureThreshold())
                .put("success_threshold", config.successThreshold())
                .put("recovery_timeout_seconds", config.recoveryTimeout().toMillis() / MS_PER_SECOND);
        return text(root);
    }

    /** The one who sends to Core. */
    static String publisher(Probe probe) {
        TransportStatistics delivery = probe.delivery();
        ObjectNode root = JSON.createObjectNode();
        root.put("core", probe.config().transport().urls().toString())
                .put("in_flight", delivery.inFlight())
                .put("concurrency_limit", delivery.concurrencyLimit())
                .put("batch_limit_bytes", delivery.batchLimitBytes())
                .put("bytes_sent", delivery.bytesSent())
                .put("events_delivered", delivery.eventsDelivered())
                .put("highest_accepted_timestamp_seconds", probe.buffer().highestAcceptedMs() / MS_PER_SECOND)
                .put("highest_acked_timestamp_seconds", delivery.highestAckedMs() / MS_PER_SECOND);
        put(root.putObject("requests"), delivery.requestsByClass());
        put(root.putObject("retries"), delivery.retriesByCause());
        put(root.putObject("quarantined"), delivery.quarantinedByReason());
        return text(root);
    }

    /** How the live streams are. */
    static String streaming(Probe probe) {
        EventTap tap = probe.tap();
        ObjectNode root = JSON.createObjectNode();
        root.put("status", probe.isReady() ? "ok" : "stopping")
                .put("streams", tap.watched())
                .put("max_streams", EventTap.MAX_STREAMS)
                .put("events_shown", tap.shown())
                .put("events_missed", tap.missed());
        return text(root);
    }

    private static void put(ObjectNode node, Map<String, Long> values) {
        values.forEach(node::put);
    }

    private static String text(ObjectNode root) {
        return root.toPrettyString() + "\n";
    }
}
