// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints which protocols are dissected. */
@Command(
        name = "protocols",
        description = "Lists the protocols that are dissected: where they are looked for, and the events they make.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  dpi-probe protocols", "  dpi-probe protocols --markdown > docs/protocols.md"})
final class ProtocolsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--markdown", description = "Print the page of the documentation instead.")
    private boolean markdown;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(markdown ? ProtocolsPage.markdown() : ProtocolsPage.text());
        spec.commandLine().getOut().flush();
        return ExitCode.OK.code();
    }
}
