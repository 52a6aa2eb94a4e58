// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd itself thinks of the unit. */
class UnitTest {
    private static final Path UNIT = Path.of("../systemd/dpi-probe.service");
    private static final double MOST_EXPOSURE = 2.0;
    private static final Pattern OVERALL = Pattern.compile("Overall exposure level for [^:]*: ([0-9.]+)");

    @TempDir
    private Path dir;

    /** What a command said, and how it ended. */
    private record Result(int code, String text) {}

    @BeforeAll
    static void needsSystemd() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd-analyze is not installed");
    }

    @Test
    void isValid() throws Exception {
        // The program is not installed where the unit expects it.
        String text = Files.readString(UNIT).replace("/usr/bin/dpi-probe", "/bin/true");
        Path unit = Files.writeString(dir.resolve("dpi-probe.service"), text);

        assertThat(analyze("verify", "--man=no", unit.toString())).isEqualTo(new Result(0, ""));
    }

    @Test
    void exposesLittle() throws Exception {
        Result result = analyze("security", "--offline=true", "--no-pager", UNIT.toString());
        Matcher overall = OVERALL.matcher(result.text());

        assertThat(overall.find()).as(result.text()).isTrue();
        assertThat(Double.parseDouble(overall.group(1))).isLessThanOrEqualTo(MOST_EXPOSURE);
    }

    @Test
    void hasOneCapabilityAndAUserOfItsOwn() throws Exception {
        List<String> lines = Files.readAllLines(UNIT);

        assertThat(lines)
                .contains("AmbientCapabilities=CAP_NET_RAW", "CapabilityBoundingSet=CAP_NET_RAW", "User=dpi-probe")
                .contains("Type=notify", "Restart=always", "RestartPreventExitStatus=78", "StartLimitIntervalSec=0");
    }

    private static Result analyze(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("systemd-analyze"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
    }
}
