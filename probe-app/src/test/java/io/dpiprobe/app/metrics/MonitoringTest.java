// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.app.demo.SampleProbe;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and dashboard, against the metrics of a running probe. */
class MonitoringTest {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Path RULES = Path.of("../config/prometheus/dpi-probe.rules.yml");
    private static final Path RULE_TESTS = Path.of("../config/prometheus/dpi-probe.rules.test.yml");
    private static final Path DASHBOARD = Path.of("../config/grafana/dashboards/dpi-probe.json");
    private static final Pattern METRIC =
            Pattern.compile("\\b((?:dpi_probe|jvm|process|system)_[a-z0-9_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(?:=~|=)\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("(?:by|on) \\(([^)]*)\\)");
    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job", "le");

    @TempDir
    private Path dir;

    @Test
    void promtoolTakesTheMetrics() throws Exception {
        String scrape;
        try (SampleProbe sample = SampleProbe.start(dir, Map.of()).awaitDelivery()) {
            scrape = sample.get("/metrics").body();
        }
        // The metrics of the Java process are named by the library that makes them.
        StringBuilder ours = new StringBuilder();
        scrape.lines()
                .filter(line -> line.contains("dpi_probe_"))
                .forEach(line -> ours.append(line).append('\n'));
        assertThat(promtool(ours.toString(), "check", "metrics")).isEmpty();
    }

    @Test
    void promtoolTakesTheRules() throws Exception {
        assertThat(promtool("", "check", "rules", RULES.toString())).contains("SUCCESS");
    }

    @Test
    void everyAlertFiresWhenItShouldAndIsSilentWhenItShouldNot() throws Exception {
        String tests = Files.readString(RULE_TESTS);
        for (String alert : alerts()) {
            assertThat(tests).contains("name: " + alert + " fires", "name: " + alert + " is silent");
        }
        assertThat(promtool("", "test", "rules", RULE_TESTS.toString())).contains("SUCCESS");
    }

    @Test
    void everyAlertHasItsPlaceInTheManual() throws IOException {
        assertThat(Files.readString(Path.of("../docs/operations.md")))
                .contains(alerts().stream().map(alert -> "### " + alert).toList());
    }

    private static List<String> alerts() throws IOException {
        List<String> alerts = new ArrayList<>();
        Matcher matcher = ALERT.matcher(Files.readString(RULES));
        while (matcher.find()) {
            alerts.add(matcher.group(1));
        }
        assertThat(alerts).isNotEmpty();
        return alerts;
    }

    @Test
    void rulesAndDashboardAskForMetricsThatExist() throws Exception {
        Exposition exposition;
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            exposition = Exposition.of(sample.get("/metrics").body());
        }
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
            assertThat(panel.path("targets").isEmpty())
                    .isEqualTo(panel.path("type").asText().equals("row"));
            panel.path("targets")
                    .forEach(target -> expressions.add(target.path("expr").asText()));
        }
        expressions.addAll(Files.readAllLines(RULES).stream()
                .filter(line -> line.contains("dpi_probe_") && !line.contains("description:"))
                .toList());
        assertThat(expressions).hasSizeGreaterThan(50).allSatisfy(expression -> check(expression, exposition));
    }

    /** Each metric exists and has the labels that are asked for, with these values. */
    private static void check(String expression, Exposition exposition) {
        Set<String> labels = new TreeSet<>(OF_PROMETHEUS);
        Matcher metric = METRIC.matcher(expression);
        int found = 0;
        while (metric.find()) {
            found++;
            assertThat(exposition.samples()).as(expression).contains(metric.group(1));
            Map<String, Set<String>> known = exposition.labelsOf(metric.group(1));
            labels.addAll(known.keySet());
            Matcher wanted = MATCHER.matcher(metric.group(2) == null ? "" : metric.group(2));
            while (wanted.find()) {
                if (!OF_PROMETHEUS.contains(wanted.group(1))) {
                    assertThat(known.getOrDefault(wanted.group(1), Set.of()))
                            .as(expression)
                            .contains(wanted.group(2));
                }
            }
        }
        assertThat(found).as(expression).isPositive();
        Matcher by = BY.matcher(expression);
        while (by.find()) {
            assertThat(labels).as(expression).contains(by.group(1).split(", *"));
        }
    }

    /** What it says, when it is content. */
    private String promtool(String input, String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed (Debian: prometheus)");
        List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));
        Path output = dir.resolve("promtool.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor()).as(() -> "promtool: " + read(output)).isZero();
        return read(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
