// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What running a command took.
 *
 * @param cpuSeconds user and system time of the process and its children
 * @param rssMiB the most memory it had resident
 */
record ProcessCost(double cpuSeconds, long rssMiB) {
    private static final String TIMED = "TIMEFORMAT='%U %S'; time \"$@\" >/dev/null 2>/dev/null";

    /**
     * Runs a command to its end; its output is thrown away.
     *
     * @throws IOException if it cannot be run or fails
     */
    static ProcessCost of(List<String> command) throws IOException, InterruptedException {
        List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMED, "bench"));
        timed.addAll(command);
        Process process =
                new ProcessBuilder(timed).redirectOutput(Redirect.DISCARD).start();
        long rssKiB = 0;
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            rssKiB = Math.max(rssKiB, peakOfChildren(process));
        }
        String times = new String(process.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
        if (process.exitValue() != 0) {
            throw new IOException("exit code " + process.exitValue() + " of: " + String.join(" ", command));
        }
        String[] userAndSystem = times.split(" ");
        return new ProcessCost(
                Double.parseDouble(userAndSystem[0]) + Double.parseDouble(userAndSystem[1]), rssKiB / 1024);
    }

    private static long peakOfChildren(Process process) {
        try (Stream<ProcessHandle> children = process.toHandle().descendants()) {
            return children.mapToLong(child -> peak(child.pid())).max().orElse(0);
        }
    }

    /** VmHWM in KiB; 0 for a process that has gone. */
    private static long peak(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
