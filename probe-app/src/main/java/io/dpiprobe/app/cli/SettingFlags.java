// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.config.InvalidConfigurationException;
import io.dpiprobe.app.config.Setting;
import io.dpiprobe.app.config.SettingFile;
import io.dpiprobe.app.config.Settings;
import io.dpiprobe.app.config.SettingsPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives a command a flag for each setting, and the configuration that flags and environment make together. */
final class SettingFlags {
    /** Names a file of settings; of the process, as it says where settings come from and is none. */
    static final String FILE_VARIABLE = "DPI_PROBE_ENV_FILE";

    private static final String FILE_FLAG = "--env-file";

    private SettingFlags() {}

    /** The flags are left out of the help text: there are too many; it says where they are listed. */
    static void addTo(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder(FILE_FLAG)
                        .type(String.class)
                        .paramLabel("FILE")
                        .description("Take settings also from this file, one NAME=value a line; it wins over the"
                                + " environment. Default: what " + FILE_VARIABLE + " names, if it is set.")
                        .build());
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

    /** The environment of the process and the file that goes with it, where flags were given with those instead. */
    static Map<String, String> environment(CommandSpec spec) throws CommandFailure {
        SettingFile file = file(spec);
        return over(spec, file == null ? processEnvironment(spec) : file.environment());
    }

    /** An environment, where flags were given with those instead. */
    static Map<String, String> over(CommandSpec spec, Map<String, String> given) {
        Map<String, String> environment = new HashMap<>(given);
        for (Setting<?> setting : Settings.all()) {
            String flag = spec.commandLine().getParseResult().matchedOptionValue(setting.flag(), null);
            if (flag != null) {
                environment.put(setting.name(), flag);
            }
        }
        return environment;
    }

    /** The file of settings that a flag or the environment names, if one does. */
    static @Nullable SettingFile file(CommandSpec spec) throws CommandFailure {
        Map<String, String> process = processEnvironment(spec);
        String name = spec.commandLine()
                .getParseResult()
                .matchedOptionValue(FILE_FLAG, process.getOrDefault(FILE_VARIABLE, ""));
        if (name.isEmpty()) {
            return null;
        }
        try {
            return SettingFile.open(process, Path.of(name));
        } catch (InvalidConfigurationException e) {
            throw invalid(e);
        } catch (IOException | InvalidPathException e) {
            String problem = e instanceof IOException io ? FailureReport.messageOf(io) : String.valueOf(e.getMessage());
            throw new CommandFailure(ExitCode.CONFIG, "the file of settings cannot be read: " + problem);
        }
    }

    private static Map<String, String> processEnvironment(CommandSpec spec) {
        return ((CommandTree) spec.root().userObject()).environment();
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
            throw invalid(e);
        }
    }

    private static CommandFailure invalid(InvalidConfigurationException e) {
        return new CommandFailure(
                ExitCode.CONFIG,
                "the configuration is not valid:\n  "
                        + String.join("\n  ", e.problems())
                        + "\nSee: dpi-probe config --markdown");
    }
}
