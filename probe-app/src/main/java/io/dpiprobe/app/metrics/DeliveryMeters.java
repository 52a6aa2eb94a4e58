// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.metrics;

import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.transport.TransportStatistics;
import io.dpiprobe.transport.gate.BreakerState;
import java.util.Map;
import java.util.function.Function;

/** Registers what is counted on the way to Core. */
final class DeliveryMeters {
    private static final double MS_PER_SECOND = 1e3;

    private DeliveryMeters() {}

    static void register(Meters<Probe> meters, Probe probe) {
        requests(meters, probe);
        credentials(meters);
        pace(meters, probe);
        levels(meters);
        breaker(meters, probe);
    }

    private static void requests(Meters<Probe> meters, Probe probe) {
        counters(
                new Family(meters, "http_requests", "Requests, by class of the answer; error is none", "class"),
                probe,
                TransportStatistics::requestsByClass);
        counters(
                new Family(meters, "retries", "Requests that have to be made again", "cause"),
                probe,
                TransportStatistics::retriesByCause);
        meters.counter(
                "bytes_sent", "Bytes of request bodies", each -> each.delivery().bytesSent());
        meters.counter(
                "unreadable_acks",
                "2xx answers whose body could not be read",
                each -> each.delivery().unreadableAcks());
        meters.gauge(
                "in_flight_batches",
                "Requests under way",
                each -> each.delivery().inFlight());
        meters.gauge(
                "concurrency_limit",
                "Requests that may be under way now",
                each -> each.delivery().concurrencyLimit());
        meters.gauge(
                "batch_limit_bytes",
                "Largest request that is tried now, before compression",
                each -> each.delivery().batchLimitBytes());
        meters.gauge(
                "highest_accepted_timestamp_seconds",
                "When an event was last taken into the buffer",
                each -> each.buffer().highestAcceptedMs() / MS_PER_SECOND);
        meters.gauge(
                "highest_acked_timestamp_seconds",
                "When the newest events that are settled were taken into the buffer",
                each -> each.delivery().highestAckedMs() / MS_PER_SECOND);
    }

    private static void credentials(Meters<Probe> meters) {
        meters.gauge(
                "certificate_expiry_timestamp_seconds",
                "When the probe's certificate ends; 0 if it has none",
                each -> each.delivery().certificateExpiresMs() / MS_PER_SECOND);
    }

    private static void pace(Meters<Probe> meters, Probe probe) {
        meters.gauge(
                "backpressure_active",
                "1 while Core's last word was to wait",
                each -> each.delivery().backpressureActive() ? 1 : 0);
        meters.counter(
                "backpressure_seconds",
                "How long that was so",
                each -> each.delivery().backpressureSeconds());
        counters(
                new Family(meters, "backpressure_signals", "Times that Core asked for less", "signal"),
                probe,
                TransportStatistics::backpressureSignals);
        meters.gauge(
                "backoff_seconds",
                "Time until the next attempt",
                each -> each.delivery().backoffSeconds());
    }

    private static void levels(Meters<Probe> meters) {
        meters.gauge(
                "backpressure_level",
                "How far Core is behind: 0 healthy, 1 warning, 2 critical, 3 overload",
                probe -> probe.level().number());
        for (Lane lane : Lane.values()) {
            meters.gauge(
                    "sampling_ratio",
                    "Share of the events of a lane that is kept now",
                    probe -> probe.samplingRatio(lane),
                    "lane",
                    lane.label());
        }
    }

    private static void breaker(Meters<Probe> meters, Probe probe) {
        for (BreakerState state : BreakerState.values()) {
            meters.gauge(
                    "circuit_breaker_state",
                    "1 for the state of the breaker of the preferred Core",
                    each -> each.delivery().breaker() == state ? 1 : 0,
                    "state",
                    state.label());
        }
        counters(
                new Family(meters, "circuit_breaker_transitions", "Times that a breaker took a state", "to"),
                probe,
                TransportStatistics::breakerTransitions);
    }

    /** Names counters that differ in one label. */
    private record Family(Meters<Probe> meters, String name, String help, String label) {}

    /** One counter for each label value, all of which are known from the start. */
    private static void counters(Family family, Probe probe, Function<TransportStatistics, Map<String, Long>> values) {
        for (String value : values.apply(probe.delivery()).keySet()) {
            family.meters()
                    .counter(
                            family.name(),
                            family.help(),
                            each -> values.apply(each.delivery()).getOrDefault(value, 0L),
                            family.label(),
                            value);
        }
    }
}
