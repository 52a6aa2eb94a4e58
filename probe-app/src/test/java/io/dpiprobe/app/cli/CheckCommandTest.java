// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
    @TempDir
    private Path dir;

    private final StringWriter out = new StringWriter();

    @Test
    void endsWithOneIfSomethingIsWrong() throws Exception {
        int code = check("--json", "--capture-file", dir.resolve("none.pcap").toString());
        JsonNode document = new ObjectMapper().readTree(out.toString());

        assertThat(code).isEqualTo(1);
        assertThat(document.get("result").textValue()).isEqualTo("error");
        assertThat(document.get("findings")).anySatisfy(finding -> {
            assertThat(finding.get("check").textValue()).isEqualTo("capture");
            assertThat(finding.get("grade").textValue()).isEqualTo("error");
        });
    }

    @Test
    void endsWith78IfTheConfigurationIsNotValid() throws Exception {
        assertThat(check("--json", "--snaplen", "1")).isEqualTo(78);
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .get("findings")
                        .get(0)
                        .get("text")
                        .textValue())
                .contains("SNAPLEN");
    }

    @Test
    void tellsAPersonInLines() {
        check("--capture-file", dir.resolve("none.pcap").toString());

        assertThat(out.toString().lines())
                .allMatch(line -> line.matches("(ok|warning|error) +[a-z]+: .+"))
                .anyMatch(line -> line.startsWith("ok       configuration: "));
    }

    private int check(String... flags) {
        CommandLine line = CommandTree.commandLine(
                        Map.of("CORE_API_URL", "http://127.0.0.1:1", "BUFFER_DIR", dir.toString()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(new StringWriter(), true));
        String[] arguments = new String[flags.length + 1];
        arguments[0] = "check";
        System.arraycopy(flags, 0, arguments, 1, flags.length);
        return line.execute(arguments);
    }
}
