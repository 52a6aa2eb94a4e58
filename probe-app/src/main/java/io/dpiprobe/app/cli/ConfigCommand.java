// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.BuildInfo;
import io.dpiprobe.app.config.SettingsPage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints all settings. */
@Command(
        name = "config",
        description = {
            "Prints every setting with its meaning, limits, default, and the value in force.",
            "",
            "The output can be used as an environment file."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dpi-probe config",
            "  SNAPLEN=256 dpi-probe config | grep '^SNAPLEN'",
            "  dpi-probe config --markdown > docs/configuration.md"
        })
final class ConfigCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--markdown", description = "Print the page of the documentation instead.")
    private boolean markdown;

    @Option(names = "--man", description = "Print the manual page dpi-probe.env(5) instead.")
    private boolean manual;

    @Override
    public Integer call() throws CommandFailure {
        String page = page();
        spec.commandLine().getOut().print(page);
        spec.commandLine().getOut().flush();
        return ExitCode.OK.code();
    }

    private String page() throws CommandFailure {
        if (markdown) {
            return SettingsPage.markdown();
        }
        return manual
                ? SettingsPage.manual(BuildInfo.version())
                : SettingsPage.values(SettingFlags.configuration(spec));
    }
}
