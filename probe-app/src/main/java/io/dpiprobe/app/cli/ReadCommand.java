// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.reading.BatchReading;
import io.dpiprobe.app.reading.FileReading;
import io.dpiprobe.app.reading.Progress;
import io.dpiprobe.app.reading.ReadOptions;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.packet.Checksums;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the events of capture files. */
@Command(
        name = "read",
        description = {
            "Prints the events of capture files (pcap, pcapng), one JSON object a line.",
            "",
            "Several files are read as one capture, in the order given. The output is the same every time. Of a file that"
                    + " breaks off, what can be read is printed; then the place is named and the exit code is 74."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dpi-probe read capture.pcap",
            "  dpi-probe read --types dns,tls -o events.json day1.pcapng day2.pcapng",
            "  dpi-probe read capture.pcap | jq -r 'select(.event_type==\"tls\") | .tls.sni'",
            "  dpi-probe read --each --base-dir captures --output-dir out --files-from list.txt"
        })
final class ReadCommand implements Callable<Integer> {
    private static final Pattern EPOCH = Pattern.compile("[0-9a-f]{8}");
    private static final String SECRETS_VARIABLE = "LOG_SECRETS";
    private static final int MAX_FLOWS = 1_000_000;
    private static final Duration FLOW_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration FLOW_UPDATE_INTERVAL = Duration.ofMinutes(5);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write here instead of to standard output.")
    private @Nullable Path output;

    @Option(names = "--types", split = ",", paramLabel = "TYPE", description = "Only events of these types.")
    private List<String> types = List.of();

    @Option(
            names = "--id",
            paramLabel = "ID",
            defaultValue = "read",
            description = "The probe's name in the events (default: ${DEFAULT-VALUE}).")
    private String id = "";

    @Option(
            names = "--epoch",
            paramLabel = "E",
            defaultValue = "00000000",
            description = "The run's name in the events, 8 hexadecimal digits (default: ${DEFAULT-VALUE}).")
    private String epoch = "";

    @Option(
            names = "--each",
            description = "Read each file of a list on its own, and write its events to OUT/FILE/eve.json.")
    private boolean each;

    @Option(names = "--base-dir", paramLabel = "DIR", description = "With --each: where the listed files are.")
    private Path baseDir = Path.of("");

    @Option(names = "--output-dir", paramLabel = "OUT", description = "With --each: where to write.")
    private @Nullable Path outputDir;

    @Option(names = "--files-from", paramLabel = "LIST", description = "With --each: a file with one name a line.")
    private @Nullable Path filesFrom;

    @Option(
            names = "--checksums",
            paramLabel = "WHAT",
            defaultValue = "ignored",
            description = "What becomes of packets whose checksum is wrong: ignored (default), verified.")
    private Checksums checksums = Checksums.IGNORED;

    @Option(
            names = "--log-secrets",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether passwords and the like are in the events as they were sent; default: "
                    + SECRETS_VARIABLE + " of the environment, else false.")
    private @Nullable Boolean logSecrets;

    @Parameters(paramLabel = "FILE", description = "Capture files.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws Exception {
        ReadOptions options = new ReadOptions(
                checkedId(),
                checkedEpoch(),
                wantedTypes(),
                MAX_FLOWS,
                FLOW_TIMEOUT,
                FLOW_UPDATE_INTERVAL,
                checksums,
                secrets());
        if (each) {
            return readEach(options);
        }
        if (files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Name a capture file.");
        }
        Progress progress = Terminal.isErrorShown() ? Progress.on(System.err) : Progress.silent();
        try (OutputStream out = open()) {
            new FileReading(options, progress).read(files, out);
        }
        return ExitCode.OK.code();
    }

    private OutputStream open() throws IOException {
        return output == null ? new FileOutputStream(FileDescriptor.out) : Files.newOutputStream(output);
    }

    private int readEach(ReadOptions options) throws Exception {
        if (outputDir == null || filesFrom == null) {
            throw new ParameterException(spec.commandLine(), "--each needs --files-from LIST and --output-dir OUT.");
        }
        List<String> listed = Files.readAllLines(filesFrom).stream()
                .filter(line -> !line.isBlank())
                .toList();
        int failures = new BatchReading(options, baseDir, outputDir)
                .read(
                        listed,
                        (file, problem) -> spec.commandLine()
                                .getErr()
                                .println("dpi-probe: " + file + ": " + FailureReport.messageOf(problem)));
        return (failures == 0 ? ExitCode.OK : ExitCode.IO_ERROR).code();
    }

    private String checkedId() {
        boolean printable = id.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (id.isEmpty() || !printable) {
            throw new ParameterException(spec.commandLine(), "--id must be printable ASCII without spaces.");
        }
        return id;
    }

    private String checkedEpoch() {
        if (!EPOCH.matcher(epoch).matches()) {
            throw new ParameterException(spec.commandLine(), "--epoch must be 8 hexadecimal digits (0-9, a-f).");
        }
        return epoch;
    }

    private Set<EventType> wantedTypes() {
        if (types.isEmpty()) {
            return EnumSet.allOf(EventType.class);
        }
        Set<EventType> wanted = EnumSet.noneOf(EventType.class);
        for (String name : types) {
            EventType type = EnumSet.allOf(EventType.class).stream()
                    .filter(known -> known.label().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "No event type \"" + name + "\"; there are: " + allTypes()));
            wanted.add(type);
        }
        return wanted;
    }

    /** Looks at this one setting alone: to read them all takes longer than to read a small capture. */
    private Secrets secrets() throws CommandFailure {
        if (logSecrets != null) {
            return logSecrets ? Secrets.SHOWN : Secrets.HIDDEN;
        }
        CommandTree tree = (CommandTree) spec.root().userObject();
        String text = tree.environment().getOrDefault(SECRETS_VARIABLE, "").trim();
        return switch (text) {
            case "true" -> Secrets.SHOWN;
            case "", "false" -> Secrets.HIDDEN;
            default ->
                throw new CommandFailure(
                        ExitCode.CONFIG, SECRETS_VARIABLE + ": \"" + text + "\" must be true or false");
        };
    }

    private static String allTypes() {
        return String.join(
                ", ",
                EnumSet.allOf(EventType.class).stream().map(EventType::label).toList());
    }
}
