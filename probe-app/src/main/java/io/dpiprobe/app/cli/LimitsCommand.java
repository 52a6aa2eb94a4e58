// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints every bound. */
@Command(
        name = "limits",
        description = "Lists every bound: its value, what happens when it is reached, and what shows it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  dpi-probe limits", "  dpi-probe limits --markdown > docs/limits.md"})
final class LimitsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--markdown", description = "Print the page of the documentation instead.")
    private boolean markdown;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(markdown ? LimitsPage.markdown() : LimitsPage.text());
        spec.commandLine().getOut().flush();
        return ExitCode.OK.code();
    }
}
