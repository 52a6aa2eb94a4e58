// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares whole processes: the probe and its peers on the same files, in turns. */
@Command(
        name = "dpi-probe bench",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the CPU that the probe takes to read a capture file with that of the other sensors that are installed.",
            "Each makes its turn on one pass over a trace and on three; the difference is the steady state."
        })
public final class Bench implements Callable<Integer> {
    private static final String LAUNCHER = System.getProperty("dpi.probe.launcher", "dpi-probe");
    /** A ratio this far below the committed one is a regression and not noise. */
    private static final double TOLERANCE = 0.75;
    /** Packets of one pass over captures. */
    private static final long CAPTURED_PACKETS = 500_000;

    @Option(
            names = "--packets",
            paramLabel = "N",
            description = "Packets of one pass. Default: what makes about a gigabyte, or a million flows.")
    private @Nullable Long packets;

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each tool. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--trace",
            paramLabel = "TRACE",
            split = ",",
            description = "Of: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Trace> traces = Arrays.asList(Trace.values());

    @Option(
            names = "--captures",
            paramLabel = "DIR",
            description = "Measure on the Ethernet captures of this directory too.")
    private @Nullable Path captures;

    @Option(names = "--tshark", description = "Measure tshark too: it is slow.")
    private boolean withSlow;

    @Option(names = "--check", description = "Fail if a ratio is far below the committed one.")
    private boolean check;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep the traces in this directory.")
    private @Nullable Path keep;

    private final Properties committed = new Properties();
    private boolean isSlower;

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Bench());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            System.err.println("dpi-probe bench: " + problem.getMessage());
            return 70;
        });
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (InputStream in = Objects.requireNonNull(Bench.class.getResourceAsStream("ratios.properties"))) {
            committed.load(in);
        }
        Path directory = keep != null ? Files.createDirectories(keep) : Files.createTempDirectory("dpi-probe-bench");
        printHead();
        for (Trace trace : traces) {
            measure(trace.name().toLowerCase(Locale.ROOT), directory, (file, passes) -> {
                int number = 0;
                for (int pass = 0; pass < passes; pass++) {
                    number = file.write(trace, number, packets != null ? packets : trace.packets());
                    file.pause();
                }
            });
        }
        if (captures != null) {
            CaptureMix mix = new CaptureMix(captures);
            measure("captures", directory, (file, passes) -> {
                int pass = 0;
                while (pass < passes * 255 / 3
                        && (pass < passes
                                || file.packets() < (packets != null ? packets : CAPTURED_PACKETS) * passes)) {
                    mix.write(file, pass++);
                    file.pause();
                }
            });
        }
        if (keep == null) {
            Files.delete(directory);
        }
        return isSlower ? 1 : 0;
    }

    private static void printHead() {
        System.out.printf(
                Locale.ROOT,
                "%-12s %-11s %9s %9s %12s %8s %8s %8s %8s%n",
                "trace",
                "tool",
                "first µs",
                "µs/packet",
                "packets/s",
                "Gbit/s",
                "RSS MiB",
                "ratio",
                "first");
    }

    private interface Maker {
        void write(TraceFile file, int passes) throws IOException;
    }

    private void measure(String name, Path directory, Maker maker) throws IOException, InterruptedException {
        Path once = directory.resolve(name + "-1.pcap");
        Path thrice = directory.resolve(name + "-3.pcap");
        try {
            TraceFile first = write(once, maker, 1);
            TraceFile all = write(thrice, maker, 3);
            Comparison comparison =
                    new Comparison(once, thrice, first.packets(), all.packets(), 8 * (all.bytes() - first.bytes()));
            print(name, comparison, comparison.run(Tool.installed(LAUNCHER, withSlow), rounds));
        } finally {
            if (keep == null) {
                Files.deleteIfExists(once);
                Files.deleteIfExists(thrice);
            }
        }
    }

    /** Returns the file, written and closed: what was counted while it was written remains. */
    private static TraceFile write(Path path, Maker maker, int passes) throws IOException {
        try (TraceFile file = new TraceFile(path)) {
            maker.write(file, passes);
            return file;
        }
    }

    private void print(String trace, Comparison comparison, Map<String, List<Comparison.Cost>> costs) {
        List<Comparison.Cost> probe = Objects.requireNonNull(costs.get(Tool.PROBE));
        costs.forEach((tool, cost) -> {
            double steadyUs = Comparison.median(cost, Comparison.Cost::steadyUs);
            double ratio = Comparison.ratio(probe, cost, Comparison.Cost::steadyUs);
            double bitsPerPacket =
                    (double) comparison.bitsOfTwo() / (comparison.packetsThrice() - comparison.packetsOnce());
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %-11s %9.2f %9.3f %12.0f %8.2f %8.0f %8.2f %8.2f%n",
                    trace,
                    tool,
                    Comparison.median(cost, Comparison.Cost::firstUs),
                    steadyUs,
                    1e6 / steadyUs,
                    bitsPerPacket / steadyUs / 1e3,
                    Comparison.median(cost, Comparison.Cost::rssMiB),
                    ratio,
                    Comparison.ratio(probe, cost, Comparison.Cost::firstUs));
            compare(trace, tool, ratio);
        });
    }

    private void compare(String trace, String tool, double ratio) {
        String expected = committed.getProperty(trace + "." + tool);
        if (check && expected != null && ratio < Double.parseDouble(expected) * TOLERANCE) {
            System.out.printf(Locale.ROOT, "%s: %s was %s times as dear, now %.2f%n", trace, tool, expected, ratio);
            isSlower = true;
        }
    }
}
