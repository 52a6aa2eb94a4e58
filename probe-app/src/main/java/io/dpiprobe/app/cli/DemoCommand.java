// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.demo.Demo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the probe at work. */
@Command(
        name = "demo",
        description = {
            "Shows the probe at work: replays sample traffic that it makes itself, captures lo live where that is allowed,"
                    + " and delivers to a Core in the same process.",
            "",
            "Ends on Ctrl-C or after --for, with 0 only if every event was acknowledged and the ledger balances."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  dpi-probe demo", "  dpi-probe demo --for 20s"})
final class DemoCommand implements Callable<Integer> {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)?");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--for", paramLabel = "TIME", description = "End after this time: 20s, 5m, 1h.")
    private @Nullable String duration;

    @Override
    public Integer call() throws Exception {
        long endNs = duration == null
                ? Long.MAX_VALUE
                : System.nanoTime() + parse(duration).toNanos();
        StopSignal stop = StopSignal.install();
        int code = ExitCode.SOFTWARE.code();
        Path dir = Files.createTempDirectory("dpi-probe-demo");
        try {
            Demo demo = new Demo(spec.commandLine().getOut(), dir);
            boolean good = demo.run(() -> stop.isRequested() || System.nanoTime() >= endNs);
            code = (good ? ExitCode.OK : ExitCode.FAILED).code();
            return code;
        } finally {
            IoUtil.delete(dir.toFile(), false);
            stop.done(code);
        }
    }

    private Duration parse(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new ParameterException(spec.commandLine(), "--for must be a time such as 20s, 5m or 1h.");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofSeconds(amount);
        };
    }
}
