// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.app.DpiProbe;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.source.PcapBytes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probe as a process of its own, started, reloaded and stopped as systemd does it. */
class RunAsServiceTest {
    private static final int YEAR_2020 = 1_577_836_800;

    @TempDir
    private Path dir;

    @Test
    void startsReloadsAndStops() throws Exception {
        Path settings = write("");
        try (ServiceSocket manager = ServiceSocket.bind(socket())) {
            Process probe = start(settings);
            try {
                List<String> started = manager.receiveUntil("WATCHDOG=1"::equals);
                assertThat(started.get(0)).startsWith("STATUS=");
                assertThat(started.get(1)).startsWith("READY=1\nSTATUS=capturing");

                write("RATE_LIMIT_EVENTS_PER_SEC=1000\nLOG_LEVEL=debug\nMAX_IN_FLIGHT=4\n");
                hangUp(probe);
                assertThat(last(manager.receiveUntil(message -> message.startsWith("RELOADING=1"))))
                        .containsPattern("MONOTONIC_USEC=[0-9]+");
                assertThat(last(manager.receiveUntil(message -> message.startsWith("READY=1"))))
                        .contains("MAX_IN_FLIGHT", "need a restart");

                write("MAX_IN_FLIGHT=none\n");
                hangUp(probe);
                assertThat(last(manager.receiveUntil(message -> message.startsWith("READY=1"))))
                        .contains("nothing has changed", "MAX_IN_FLIGHT");

                probe.destroy();
                manager.receiveUntil(message -> message.startsWith("STOPPING=1"));
                assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(probe.exitValue()).as(log()).isZero();
            } finally {
                probe.destroyForcibly();
            }
        }
        assertThat(log()).contains("reloaded: ", "LOG_LEVEL", "reload_refused: ");
    }

    @Test
    void saysAfterAKillWhatWasLostAtMost() throws Exception {
        Path inMemory = Files.createTempDirectory(Path.of("/dev/shm"), "dpi-probe-test");
        Path settings = write("RUNTIME_DIRECTORY=%s\n".formatted(inMemory));
        try (ServiceSocket manager = ServiceSocket.bind(socket())) {
            for (int run = 0; run < 2; run++) {
                Process probe = start(settings);
                manager.receiveUntil(message -> message.startsWith("READY=1"));
                assertThat(inMemory).isNotEmptyDirectory();
                probe.destroyForcibly().waitFor();
            }
        } finally {
            try (Stream<Path> left = Files.list(inMemory)) {
                left.forEach(file -> assertThat(file.toFile().delete()).isTrue());
            }
            Files.delete(inMemory);
        }
        assertThat(log()).containsPattern("run_killed: run [0-9a-f]{8} did not end by itself; .*HIGH=0");
    }

    private Process start(Path settings) throws IOException {
        // As the service manager does; whoever runs the tests may have told their processes to ignore it.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP"));
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("--enable-native"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                DpiProbe.class.getName(),
                "run",
                "--env-file",
                settings.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(dir.resolve("log").toFile());
        builder.environment().put("NOTIFY_SOCKET", socket());
        builder.environment().put("WATCHDOG_USEC", "2000000");
        return builder.start();
    }

    /** Settings of a probe whose packets take an hour to come, and whose Core is away. */
    private Path write(String more) throws IOException {
        PcapBytes packets = new PcapBytes(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, LinkType.ETHERNET);
        packets.packet(YEAR_2020, 0, new byte[60]).packet(YEAR_2020 + 3600, 0, new byte[60]);
        Path capture = Files.write(dir.resolve("hour.pcap"), packets.bytes());
        return Files.writeString(
                dir.resolve("settings.env"),
                "CAPTURE_FILE=%s\nCORE_API_URL=http://127.0.0.1:1\nBUFFER_DIR=%s\nMAX_BUFFER_SIZE_MB=8\nMANAGEMENT_ADDRESS=127.0.0.1:0\n"
                                .formatted(capture, dir.resolve("buffer"))
                        + more);
    }

    private static void hangUp(Process probe) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-HUP", String.valueOf(probe.pid())).start().waitFor();
    }

    private String socket() {
        return dir.resolve("notify").toString();
    }

    private String log() throws IOException {
        return Files.readString(dir.resolve("log"));
    }

    private static String last(List<String> messages) {
        return messages.get(messages.size() - 1);
    }
}
