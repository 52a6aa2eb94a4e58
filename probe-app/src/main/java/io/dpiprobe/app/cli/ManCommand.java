// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the manual page; hidden, because packages install it. */
@Command(
        name = "man",
        description = "Prints the manual page dpi-probe(8); `dpi-probe config --man` prints dpi-probe.env(5).",
        hidden = true,
        mixinStandardHelpOptions = true)
final class ManCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ManualPage.of(spec.root()));
        spec.commandLine().getOut().flush();
        return ExitCode.OK.code();
    }
}
