// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and flags. */
@Command(
        name = "completion",
        description = "Prints a script for bash (and zsh) that completes commands and flags; packages install it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  source <(dpi-probe completion)")
final class CompletionCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("dpi-probe", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return ExitCode.OK.code();
    }
}
