// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.app.demo.SampleProbe;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The clients of the management server, against a running probe. */
class TailCommandTest {
    @TempDir
    private Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine commands = CommandTree.commandLine(Map.of());
        return commands.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test
    void showsEventsOfOneTypeAsTheyAre() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            int code = run("tail", "--address", sample.address().toString(), "--type", "dns", "--json", "--limit", "5");
            assertThat(code).as(err.toString()).isZero();
        }
        assertThat(lines()).hasSize(5);
        for (String line : lines()) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.path("event_type").asText()).isEqualTo("dns");
        }
    }

    @Test
    void showsEventsForAPerson() throws Exception {
        try (SampleProbe sample = SampleProbe.start(dir, Map.of())) {
            run("tail", "--address", sample.address().toString(), "--type", "http", "--limit", "2");
        }
        assertThat(lines()).hasSize(2).allSatisfy(line -> assertThat(line).contains("http", "www.example"));
    }

    @Test
    void goesOnAfterTheProbeWasAway() throws Exception {
        SampleProbe first = SampleProbe.start(dir, Map.of());
        String address = first.address().toString();
        CompletableFuture<Integer> tail = CompletableFuture.supplyAsync(
                () -> run("tail", "--address", address, "--type", "dns", "--json", "--limit", "30", "--rate", "5"));
        SampleProbe.await("the first events", () -> out.toString().contains("dns"));
        first.close();
        SampleProbe.await("the probe is missed", () -> err.toString().contains("trying again"));
        assertThat(tail).isNotDone();
        try (SampleProbe second = SampleProbe.start(dir, Map.of("MANAGEMENT_ADDRESS", address))) {
            assertThat(second.address().toString()).isEqualTo(address);
            SampleProbe.await("the rest", tail::isDone);
        }
        assertThat(tail.get()).isZero();
        assertThat(lines()).hasSize(30);
    }

    @Test
    void saysWhenThereIsNoProbe() {
        assertThat(run("tail", "--address", "127.0.0.1:1")).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(err.toString()).contains("no probe answers at 127.0.0.1:1");
    }

    @Test
    void bearsTheTokenThatTheProbeWants() throws Exception {
        Path token = Files.writeString(dir.resolve("token"), "open-sesame");
        try (SampleProbe sample = SampleProbe.start(dir, Map.of("MANAGEMENT_TOKEN_FILE", token.toString()))) {
            String address = sample.address().toString();
            assertThat(run("tail", "--address", address)).isEqualTo(ExitCode.UNAVAILABLE.code());
            assertThat(run("status", "--address", address)).isEqualTo(ExitCode.UNAVAILABLE.code());
            assertThat(err.toString()).contains("401", "--token-file");
            String file = token.toString();
            assertThat(run("tail", "--address", address, "--token-file", file, "--limit", "1"))
                    .isZero();
            assertThat(run("status", "--address", address, "--token-file", file, "--verify"))
                    .isZero();
        }
    }
}
