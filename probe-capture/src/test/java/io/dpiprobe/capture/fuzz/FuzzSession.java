// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Fuzzes one target after the other, the time shared between them: {@code ./dpi-probe fuzz}. */
final class FuzzSession {
    static final int CLEAN = 0;
    static final int FOUND = 1;
    static final int USAGE = 64;

    private static final String HELP = """
            Usage: dpi-probe fuzz [--for TIME] [--corpus DIR] [--list] [TARGET...]
            Feeds random input to every parser, one after the other, and reports what it found.
              --for TIME     for how long in all, shared by the targets: 90s, 10m, 2h (default 10m)
              --corpus DIR   grow the inputs from the captures under DIR (pcap, pcapng)
              --list         name the targets
              TARGET         ssh, or Ssh.survivesAnyInput (default: all)
            Exit code 1 if anything was found. Inputs are kept in target/fuzz for the next time.
            """;

    private final PrintStream out;
    private final Path home;
    private final List<FuzzTarget> all;
    private final List<String> wanted = new ArrayList<>();
    private Duration time = Duration.ofMinutes(10);
    private @Nullable Path captures;
    private boolean list;

    FuzzSession(PrintStream out, Path home, List<FuzzTarget> all) {
        this.out = out;
        this.home = home;
        this.all = all;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("fuzz.home", "target/fuzz")).toAbsolutePath();
        List<FuzzTarget> targets = FuzzTarget.onClassPath(System.getProperty("java.class.path"));
        System.exit(new FuzzSession(System.out, home, targets).start(List.of(args)));
    }

    /** Does what the arguments say and returns the exit code. */
    int start(List<String> args) throws IOException, InterruptedException {
        String mistake = read(args);
        if (mistake != null) {
            out.print(mistake.isEmpty() ? HELP : "dpi-probe fuzz: " + mistake + "\n" + HELP);
            return mistake.isEmpty() ? CLEAN : USAGE;
        }
        List<FuzzTarget> chosen = all.stream()
                .filter(target -> wanted.isEmpty() || wanted.stream().anyMatch(target::isMeantBy))
                .toList();
        if (list) {
            chosen.forEach(target -> out.println(target.name()));
            return CLEAN;
        }
        return fuzz(chosen);
    }

    /** What is wrong with the arguments: null if nothing is, empty if help is wanted. */
    private @Nullable String read(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            boolean last = i + 1 == args.size();
            switch (arg) {
                case "--help", "-h" -> {
                    return "";
                }
                case "--list" -> list = true;
                case "--for", "--corpus" -> {
                    if (last) {
                        return arg + " needs a value";
                    }
                    String mistake = option(arg, args.get(++i));
                    if (mistake != null) {
                        return mistake;
                    }
                }
                default -> {
                    if (all.stream().noneMatch(target -> target.isMeantBy(arg))) {
                        return "no target is called " + arg + "; see --list";
                    }
                    wanted.add(arg);
                }
            }
        }
        return null;
    }

    private @Nullable String option(String name, String value) {
        if (name.equals("--corpus")) {
            captures = Path.of(value).toAbsolutePath();
            return java.nio.file.Files.isDirectory(captures) ? null : value + " is not a directory";
        }
        if (!value.matches("[1-9][0-9]{0,5}[smh]")) {
            return "--for takes a time like 90s, 10m or 2h, not " + value;
        }
        time = Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
        return null;
    }

    private int fuzz(List<FuzzTarget> targets) throws IOException, InterruptedException {
        Corpus corpus = new Corpus(home);
        if (captures != null) {
            out.printf("%d seeds from captures; trying them takes a while%n", corpus.addCaptures(captures, targets));
        }
        Duration share = time.dividedBy(targets.size());
        share = share.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : share;
        long executions = 0;
        int found = 0;
        for (FuzzTarget target : targets) {
            FuzzRun run = new FuzzRun(target, corpus.inputs(target), home.resolve("findings"));
            if (captures != null) {
                run.merge(corpus.seeds(target));
            }
            run.run(share);
            executions += run.executions();
            String finding = run.finding();
            out.printf(
                    "%-45s %9d inputs  %s%n",
                    target.name(), run.executions(), finding == null ? "ok" : "FOUND " + finding);
            if (finding != null) {
                found++;
                out.printf("    what happened: %s%n", run.log());
            }
        }
        out.printf("%d targets, %d inputs, %d findings%n", targets.size(), executions, found);
        return found == 0 ? CLEAN : FOUND;
    }
}
