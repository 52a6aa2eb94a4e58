// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.EventBuffer;
import io.dpiprobe.buffer.Lane;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BufferCommandTest {
    /** So many that the events of a lane do not fit one segment. */
    private static final int EVENTS = 5000;

    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhatWaits() throws IOException {
        fill();

        assertThat(buffer("status")).isZero();
        assertThat(out.toString()).contains("not in use").containsPattern("high +1 +\\d+ +5000\n");
    }

    @Test
    void writesTheEventsOut() throws IOException {
        fill();
        Path file = temp.resolve("events.ndjson");

        assertThat(buffer("export", "--lane", "high", "--output", file.toString()))
                .isZero();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(EVENTS);
        assertThat(lines.get(0)).isEqualTo(event(Lane.HIGH, 1));
        assertThat(lines.get(EVENTS - 1)).isEqualTo(event(Lane.HIGH, EVENTS));
    }

    @Test
    void findsDamageAndExportsTheRest() throws IOException {
        fill();
        assertThat(buffer("verify")).isZero();
        damage();
        Path file = temp.resolve("events.ndjson");

        assertThat(buffer("verify")).isEqualTo(ExitCode.FAILED.code());
        assertThat(out.toString()).contains("events cannot be read");
        assertThat(buffer("export", "--lane", "high", "--output", file.toString()))
                .isEqualTo(ExitCode.FAILED.code());
        int exported = Files.readAllLines(file).size();
        assertThat(exported).isPositive().isLessThan(EVENTS);
        assertThat(err.toString()).contains(EVENTS - exported + " events are damaged");
    }

    @Test
    void emptiesTheBufferWhenToldTwice() throws IOException {
        fill();

        assertThat(buffer("purge")).isEqualTo(ExitCode.USAGE.code());
        assertThat(buffer("purge", "--yes")).isZero();
        assertThat(out.toString()).contains("deleted 2 files with 10000 events");
        try (EventBuffer reopened = open()) {
            assertThat(reopened.ledger().isDrained()).isTrue();
        }
    }

    @Test
    void leavesTheBufferOfARunningProbeAlone() throws IOException {
        try (EventBuffer running = open()) {
            offer(running, Lane.HIGH);

            assertThat(buffer("purge", "--yes")).isEqualTo(ExitCode.UNAVAILABLE.code());
            assertThat(err.toString()).contains("is in use by a probe");
            assertThat(buffer("status")).isZero();
            assertThat(out.toString()).contains(": in use");
        }
    }

    @Test
    void saysThatThereIsNoSuchDirectory() {
        assertThat(execute("buffer", "status", "--dir", temp.resolve("none").toString()))
                .isEqualTo(ExitCode.NO_INPUT.code());
        assertThat(err.toString()).contains("there is no directory").contains("BUFFER_DIR");
    }

    private void fill() throws IOException {
        try (EventBuffer buffer = open()) {
            offer(buffer, Lane.HIGH);
            offer(buffer, Lane.LOW);
        }
    }

    private EventBuffer open() throws IOException {
        return EventBuffer.open(BufferConfig.defaults(dir(), "0000beef"));
    }

    private Path dir() {
        return temp.resolve("buffer");
    }

    private static void offer(EventBuffer buffer, Lane lane) {
        for (int i = 1; i <= EVENTS; i++) {
            UnsafeBuffer bytes = new UnsafeBuffer(event(lane, i).getBytes(StandardCharsets.US_ASCII));
            buffer.sink(0).nextSeq(lane);
            assertThat(buffer.sink(0).offer(lane, bytes, 0, bytes.capacity())).isTrue();
        }
        buffer.sink(0).flush();
    }

    private static String event(Lane lane, int number) {
        return "{\"lane\":\"" + lane.label() + "\",\"number\":" + number + ",\"text\":\"" + "x".repeat(100) + "\"}";
    }

    /** Overwrites the middle of the first block of lane HIGH, behind its header. */
    private void damage() throws IOException {
        try (Stream<Path> files = Files.list(dir().resolve("high"))) {
            Path file = files.filter(path -> path.toString().endsWith(".blocks"))
                    .findFirst()
                    .orElseThrow();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer content = ByteBuffer.allocate((int) channel.size());
                channel.read(content, 0);
                int block = new String(content.array(), StandardCharsets.ISO_8859_1).indexOf("DPB1");
                channel.write(ByteBuffer.wrap(new byte[64]), block + 200L);
            }
        }
    }

    private int buffer(String command, String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("buffer", command, "--dir", dir().toString()));
        all.addAll(List.of(arguments));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        CommandLine commandLine = CommandTree.commandLine(Map.of());
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
