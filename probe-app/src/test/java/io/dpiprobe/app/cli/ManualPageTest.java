// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ManualPageTest {
    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"man", "config --man"})
    void isReadByManWithoutAWarning(String command) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/man")), "man is not installed");
        Path page = Files.writeString(dir.resolve("page"), outputOf(command));
        ProcessBuilder man = new ProcessBuilder("man", "--warnings", "-E", "UTF-8", "-l", page.toString());
        man.environment().put("MANWIDTH", "80");
        man.environment().put("LC_ALL", "C.UTF-8");
        Path warnings = dir.resolve("warnings");
        Process process = man.redirectError(warnings.toFile()).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(warnings)).isEmpty();
        assertThat(text).contains("NAME", "dpi-probe", "SEE ALSO");
    }

    @Test
    void explainsEveryCommand() {
        String page = outputOf("man");
        CommandLine root = CommandTree.commandLine(Map.of());

        for (CommandLine command : root.getSubcommands().values()) {
            boolean isShown = !command.getCommandSpec().usageMessage().hidden()
                    && !command.getCommandName().equals("help");
            assertThat(page.contains(".SS \"dpi\\-probe " + command.getCommandName() + "\""))
                    .as(command.getCommandName())
                    .isEqualTo(isShown);
        }
        assertThat(page).contains("\\fB\\-\\-exit\\-when\\-done\\fR", ".SS \"dpi\\-probe buffer verify\"");
    }

    @Test
    void completesCommands() throws Exception {
        Path script = Files.writeString(dir.resolve("completion"), outputOf("completion"));
        String ask = "source " + script + "; COMP_WORDS=(dpi-probe sta); COMP_CWORD=1; _complete_dpi-probe;"
                + " echo \"${COMPREPLY[*]}\"";
        Process bash =
                new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(answer.strip()).isEqualTo("status");
    }

    private static String outputOf(String command) {
        StringWriter out = new StringWriter();
        CommandLine line = CommandTree.commandLine(Map.of()).setOut(new PrintWriter(out, true));
        assertThat(line.execute(command.split(" "))).isZero();
        return out.toString();
    }
}
