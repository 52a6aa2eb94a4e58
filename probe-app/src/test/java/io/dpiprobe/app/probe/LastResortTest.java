// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.app.DpiProbe;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process cannot go on from ends it, at once and with the code that systemd starts it again for. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LastResortTest {
    @ParameterizedTest
    @Tag("limit:CountedAgent.MAX_FAILED_IN_A_ROW")
    @CsvSource({
        "memory, 70",
        "linkage, 70",
        "internal, 70",
        "uncaught, 70",
        "stack, 70",
        "heap, 70",
        "always, 70",
        "bug, 0"
    })
    void endsTheProcessOrGoesOn(String how, int exitCode) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LastResortChild.class.getName(),
                        how)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(child.waitFor()).isEqualTo(exitCode);
    }

    /** The command itself: its flows do not fit into the heap, so some end early, and nothing is lost but their time. */
    @Test
    void livesOnWithAHeapThatItsFlowsDoNotFit(@TempDir Path dir) throws Exception {
        Path flood = DnsCapture.write(dir.resolve("flood.pcap"), 60_000);
        Path events = dir.resolve("events.json");

        assertThat(read(flood, events, "-Xmx20m")).isZero();

        List<String> lines = Files.readAllLines(events);
        assertThat(lines).hasSize(120_000);
        assertThat(lines).anyMatch(line -> line.contains("\"reason\":\"forced\""));
    }

    private static int read(Path capture, Path events, String heap) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of(
                heap, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), DpiProbe.class.getName()));
        command.addAll(List.of("read", capture.toString(), "-o", events.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** The JVM would end by itself, with another code, before this probe could. */
    @Test
    void theLauncherLeavesAFullHeapToTheProbe() throws Exception {
        assertThat(Files.readString(Path.of("../dpi-probe"))).doesNotContain("OutOfMemoryError");
    }
}
