// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.config.Setting;
import io.dpiprobe.app.config.Settings;
import io.dpiprobe.buffer.disk.BufferDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Looks after the disk buffer without the probe. */
@Command(
        name = "buffer",
        description = {
            "Looks into the disk buffer, checks it, gets events out of it, or empties it.",
            "",
            "All but purge only read, and may be used while a probe runs."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dpi-probe buffer status",
            "  dpi-probe buffer verify --dir /var/lib/dpi-probe/buffer",
            "  dpi-probe buffer export --lane high > events.ndjson",
            "  dpi-probe buffer purge --yes"
        },
        subcommands = {
            BufferStatusCommand.class,
            BufferVerifyCommand.class,
            BufferExportCommand.class,
            BufferPurgeCommand.class
        })
final class BufferCommand implements Runnable {
    private static final String VARIABLE = "BUFFER_DIR";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The buffer's directory (default: BUFFER_DIR, or its default).")
    private @Nullable Path dir;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: status, verify, export or purge.");
    }

    /** The directory to look into, which must be there. */
    Path path() throws CommandFailure {
        Path chosen = dir == null ? configured() : dir;
        if (!Files.isDirectory(chosen)) {
            throw new CommandFailure(
                    ExitCode.NO_INPUT,
                    "there is no directory " + chosen + "; name the buffer's with --dir or " + VARIABLE);
        }
        return chosen;
    }

    BufferDirectory directory() throws CommandFailure {
        return new BufferDirectory(path());
    }

    private Path configured() {
        Map<String, String> environment = ((CommandTree) spec.root().userObject()).environment();
        return Path.of(environment.getOrDefault(VARIABLE, defaultDir()));
    }

    private static String defaultDir() {
        return Settings.all().stream()
                .filter(setting -> setting.name().equals(VARIABLE))
                .map(Setting::defaultText)
                .findFirst()
                .orElseThrow();
    }
}
