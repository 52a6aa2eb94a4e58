// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.config.Configuration;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Finds out whether the probe could run here. */
@Command(
        name = "check",
        description = {
            "Checks whether the probe can run: configuration, capture, disk, Core, clock.",
            "",
            "One line for each: ok, warning or error, and what to do. Ends with 0 if there is no error."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  dpi-probe check", "  dpi-probe check --core-api-url https://core.example:8443"})
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        Configuration config = SettingFlags.configuration(spec);
        List<Finding> findings = new HostChecks(config).run();
        PrintWriter out = spec.commandLine().getOut();
        out.println("ok       configuration: valid");
        for (Finding finding : findings) {
            out.printf("%-8s %s%n", finding.grade().label(), finding.text());
        }
        out.flush();
        boolean failed = findings.stream().anyMatch(finding -> finding.grade() == Finding.Grade.ERROR);
        return (failed ? ExitCode.FAILED : ExitCode.OK).code();
    }
}
