// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds all commands. */
@Command(
        name = "dpi-probe",
        description = "Captures packets, dissects protocols, and delivers what it learns to Core as EVE JSON events.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dpi-probe demo --for 20s             see it work, with traffic and a Core of its own",
            "  dpi-probe read capture.pcap          events of a capture file, one JSON object a line",
            "  dpi-probe COMMAND --help             what a command does, with examples",
            "",
            "Settings are environment variables; `dpi-probe config` prints them all."
        })
public final class CommandTree implements Runnable {
    /** Commands that take settings. */
    private static final List<String> CONFIGURED = List.of("config", "run", "check");

    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            ReadCommand.class,
            DemoCommand.class,
            CoreCommand.class,
            StatusCommand.class,
            TailCommand.class,
            BufferCommand.class,
            CheckCommand.class,
            ConfigCommand.class,
            LimitsCommand.class,
            ProtocolsCommand.class,
            InterfacesCommand.class,
            CompletionCommand.class,
            ManCommand.class,
            HelpCommand.class);
    /** What people run in loops: it starts without the other commands, which takes half the time. */
    private static final String OFTEN_RUN = "read";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Map<String, String> environment;

    CommandTree(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Runs one command and returns the exit code of the process. */
    public static int run(String... arguments) {
        boolean often = arguments.length > 0 && arguments[0].equals(OFTEN_RUN);
        return commandLine(System.getenv(), often ? List.of(ReadCommand.class) : COMMANDS)
                .execute(arguments);
    }

    static CommandLine commandLine(Map<String, String> environment) {
        return commandLine(environment, COMMANDS);
    }

    private static CommandLine commandLine(Map<String, String> environment, List<Class<?>> commands) {
        CommandLine commandLine = new CommandLine(new CommandTree(environment));
        commands.forEach(commandLine::addSubcommand);
        commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new FailureReport())
                .setUsageHelpAutoWidth(true);
        commandLine.setParameterExceptionHandler((problem, args) -> usageError(problem));
        commandLine.getSubcommands().forEach((name, command) -> {
            if (CONFIGURED.contains(name)) {
                SettingFlags.addTo(command);
            }
        });
        return commandLine;
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    private static int usageError(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println("dpi-probe: " + problem.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(problem, command.getErr())) {
            command.getErr().println("Try: " + command.getCommandSpec().qualifiedName(" ") + " --help");
        }
        command.getErr().flush();
        return ExitCode.USAGE.code();
    }
}
