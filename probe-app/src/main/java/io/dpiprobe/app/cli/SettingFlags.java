// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.config.InvalidConfigurationException;
import io.dpiprobe.app.config.Setting;
import io.dpiprobe.app.config.Settings;
import io.dpiprobe.app.config.SettingsPage;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives a command a flag for each setting, and the configuration that flags and environment make together. */
final class SettingFlags {
    private SettingFlags() {}

    /** The flags are left out of the help text: there are too many; it says where they are listed. */
    static void addTo(CommandLine command) {
        for (Setting<?> setting : Settings.all()) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder(setting.flag())
                            .type(String.class)
                            .paramLabel("VALUE")
                            .description(setting.sentence())
                            .hidden(true)
                            .build());
        }
    }

    /** The environment of the process, where flags were given with those instead. */
    static Map<String, String> environment(CommandSpec spec) {
        CommandTree root = (CommandTree) spec.root().userObject();
        Map<String, String> environment = new HashMap<>(root.environment());
        for (Setting<?> setting : Settings.all()) {
            String given = spec.commandLine().getParseResult().matchedOptionValue(setting.flag(), null);
            if (given != null) {
                environment.put(setting.name(), given);
            }
        }
        return environment;
    }

    /** Reads the configuration; warns of names that look misspelt. */
    static Configuration configuration(CommandSpec spec) throws CommandFailure {
        Map<String, String> environment = environment(spec);
        PrintWriter err = spec.commandLine().getErr();
        SettingsPage.warnings(environment).forEach(warning -> err.println("dpi-probe: warning: " + warning));
        err.flush();
        try {
            return Configuration.read(environment);
        } catch (InvalidConfigurationException e) {
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    "the configuration is not valid:\n  "
                            + String.join("\n  ", e.problems())
                            + "\nSee: dpi-probe config --markdown");
        }
    }
}
