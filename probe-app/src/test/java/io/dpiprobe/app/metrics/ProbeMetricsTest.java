// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.app.demo.SampleProbe;
import io.dpiprobe.app.metrics.Exposition.Family;
import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.capture.eve.EventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a running probe, as a scrape shows them. */
class ProbeMetricsTest {
    /** Name, type and labels, as the design promises them. */
    private static final String[] PROMISED = {
        "packets_received_total counter",
        "packets_captured_total counter",
        "packets_dropped_total counter by",
        "packets_undecodable_total counter reason",
        "bytes_captured_total counter",
        "flows_active gauge",
        "flows_created_total counter",
        "flows_evicted_total counter reason",
        "stream_gaps_total counter",
        "limit_reached_total counter limit",
        "events_accepted_total counter type lane",
        "events_acked_total counter lane",
        "events_dropped_total counter lane reason",
        "events_quarantined_total counter reason",
        "drop_rate_events_per_second gauge",
        "ledger_imbalance_events gauge",
        "buffer_used_bytes gauge tier lane",
        "buffer_capacity_bytes gauge tier",
        "buffer_utilization_ratio gauge tier",
        "buffer_events gauge tier lane",
        "buffer_oldest_event_age_seconds gauge tier",
        "buffer_full_total counter tier",
        "buffer_corrupt_blocks_total counter",
        "buffer_sync_errors_total counter",
        "buffer_dir_available_bytes gauge",
        "delivery_latency_seconds histogram",
        "http_request_duration_seconds histogram",
        "http_requests_total counter class",
        "bytes_sent_total counter",
        "retries_total counter cause",
        "in_flight_batches gauge",
        "concurrency_limit gauge",
        "batch_limit_bytes gauge",
        "highest_accepted_timestamp_seconds gauge",
        "highest_acked_timestamp_seconds gauge",
        "backpressure_active gauge",
        "backpressure_seconds_total counter",
        "backpressure_signals_total counter signal",
        "backpressure_level gauge",
        "sampling_ratio gauge lane",
        "backoff_seconds gauge",
        "circuit_breaker_state gauge state",
        "circuit_breaker_transitions_total counter to",
        "offer_seconds histogram",
        "build_info gauge version java"
    };

    private static final Pattern ROW = Pattern.compile("\\| `(dpi_probe_[a-z_]+)` \\|.*");
    private static final int MANY = 12;

    @TempDir
    private Path dir;

    @Test
    void areThoseOfTheDesign() throws Exception {
        Map<String, Family> families = scrape().families();
        for (String promise : PROMISED) {
            String[] words = promise.split(" ");
            assertThat(families.keySet()).contains("dpi_probe_" + words[0]);
            Family family = Objects.requireNonNull(families.get("dpi_probe_" + words[0]));
            assertThat(family.type()).as(family.name()).isEqualTo(words[1]);
            assertThat(family.labels().keySet())
                    .as(family.name())
                    .containsExactlyInAnyOrder(Arrays.copyOfRange(words, 2, words.length));
        }
    }

    @Test
    void showEveryLabelValueFromTheStart() throws Exception {
        Map<String, Family> families = scrape().families();
        assertThat(values(families, "events_dropped_total", "reason"))
                .isEqualTo(Arrays.stream(DropReason.values())
                        .map(DropReason::label)
                        .collect(Collectors.toSet()));
        assertThat(values(families, "events_accepted_total", "type"))
                .isEqualTo(
                        Arrays.stream(EventType.values()).map(EventType::label).collect(Collectors.toSet()));
        assertThat(values(families, "events_acked_total", "lane"))
                .isEqualTo(Arrays.stream(Lane.values()).map(Lane::label).collect(Collectors.toSet()));
        assertThat(values(families, "backpressure_signals_total", "signal"))
                .containsExactlyInAnyOrder("429", "header", "body", "close", "latency");
        assertThat(values(families, "circuit_breaker_state", "state"))
                .containsExactlyInAnyOrder("closed", "open", "half_open");
        assertThat(values(families, "packets_dropped_total", "by")).containsExactlyInAnyOrder("kernel", "interface");
    }

    private static Set<String> values(Map<String, Family> families, String name, String label) {
        Family family = Objects.requireNonNull(families.get("dpi_probe_" + name));
        return family.labels().getOrDefault(label, Set.of());
    }

    @Test
    void countHowLongThingsTake() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of()).awaitDelivery()) {
            List<String> buckets = sample.metrics()
                    .scrape()
                    .lines()
                    .filter(line -> line.startsWith("dpi_probe_offer_seconds_bucket"))
                    .toList();
            assertThat(buckets).first().asString().contains("le=\"2.0E-7\"");
            assertThat(buckets).last().asString().contains("le=\"+Inf\"");
            List<Double> counts = buckets.stream()
                    .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .toList();
            assertThat(counts)
                    .isSorted()
                    .last()
                    .satisfies(all -> assertThat(all).isPositive());
        }
    }

    /** docs/metrics.md has a row for each of our metrics, with its type, labels and sentence. */
    @Test
    void areDocumented() throws Exception {
        List<String> documented = Files.readAllLines(Path.of("../docs/metrics.md")).stream()
                .filter(line -> ROW.matcher(line).matches())
                .toList();
        List<String> rows = scrape().families().values().stream()
                .filter(family -> family.name().startsWith("dpi_probe_"))
                .map(ProbeMetricsTest::row)
                .toList();
        Path expected = Files.createDirectories(Path.of("target")).resolve("metrics-rows.md");
        Files.write(expected, rows);
        assertThat(documented)
                .as("the rows of docs/metrics.md; as they should be: " + expected.toAbsolutePath())
                .containsExactlyElementsOf(rows);
    }

    private static String row(Family family) {
        String labels = family.labels().entrySet().stream()
                .map(label -> "`" + label.getKey() + "`" + values(family, label.getValue()))
                .collect(Collectors.joining("; "));
        return "| `%s` | %s | %s | %s |".formatted(family.name(), family.type(), labels, family.help());
    }

    /** Where there are not too many, and they are not facts of the machine. */
    private static String values(Family family, Set<String> values) {
        boolean listed = values.size() <= MANY && !family.name().endsWith("_info");
        return listed ? ": " + String.join(", ", values) : "";
    }

    private Exposition scrape() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            return Exposition.of(sample.get("/metrics").body());
        }
    }
}
