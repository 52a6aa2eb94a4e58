// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs one target for a time in a process of its own. */
final class FuzzRun {
    private static final Pattern RUNS = Pattern.compile("^Done (\\d+) runs|^stat::number_of_executed_units: (\\d+)");
    private static final Pattern INPUT = Pattern.compile("Test unit written to (\\S+)");

    /** No input of a few kilobytes may keep a parser busy for so long, not even on a machine with much else to do. */
    private static final int MAX_SECONDS_PER_INPUT = 30;

    private static final int MAX_INPUT_BYTES = 8 * 1024;

    private final FuzzTarget target;
    private final Path inputs;
    private final Path findings;
    private final Path log;
    private long executions;
    private @Nullable String finding;

    FuzzRun(FuzzTarget target, Path inputs, Path findings) throws IOException {
        this.target = target;
        this.inputs = inputs;
        this.findings = Files.createDirectories(findings);
        this.log = findings.resolve(target.name() + ".log");
    }

    /** Inputs tried. */
    long executions() {
        return executions;
    }

    /** Where the input is that did harm, or the log if there is none; null if nothing was found. */
    @Nullable
    String finding() {
        return finding;
    }

    Path log() {
        return log;
    }

    /** Takes over those seeds that lead to something new; one that does harm is found by {@link #run}. */
    void merge(Path seeds) throws IOException, InterruptedException {
        List<String> command = command();
        command.addAll(List.of("-merge=1", inputs.toString(), seeds.toString()));
        start(command);
    }

    /** Returns once the time is over or something is found. */
    void run(Duration time) throws IOException, InterruptedException {
        List<String> command = command();
        command.addAll(List.of("-max_total_time=" + time.toSeconds(), "-print_final_stats=1", inputs.toString()));
        int status = start(command);
        try (BufferedReader lines = Files.newBufferedReader(log, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            lines.lines().forEach(this::read);
        }
        if (status != 0 && finding == null) {
            finding = log.toString();
        }
    }

    private int start(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(findings.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }

    private void read(String line) {
        Matcher runs = RUNS.matcher(line);
        if (runs.find()) {
            executions = Long.parseLong(runs.group(1) == null ? runs.group(2) : runs.group(1));
        }
        Matcher input = INPUT.matcher(line);
        if (input.find()) {
            finding = input.group(1);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-ea",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-Djdk.attach.allowAttachSelf=true",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.className(),
                "--target_method=" + target.method(),
                "--instrumentation_includes=io.dpiprobe.**",
                "--reproducer_path=" + findings,
                "-artifact_prefix=" + findings + "/" + target.name() + "-",
                "-timeout=" + MAX_SECONDS_PER_INPUT,
                "-max_len=" + MAX_INPUT_BYTES,
                "-rss_limit_mb=3000"));
        return command;
    }
}
