// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows how many packets a second the service takes from an interface before it loses any: {@code dpi-probe bench --live}.
 *
 * <p>Runs in a network namespace of its own, as root: tcpreplay sends mixed traffic into one end of a veth pair, the probe
 * captures at the other and delivers to a Core beside it.
 */
public final class LossCurve {
    private static final int[] RATES = {50_000, 100_000, 150_000, 200_000, 300_000, 400_000};
    private static final int SECONDS = 10;
    private static final int PACKETS = 400_000;
    private static final String MANAGEMENT = "127.0.0.1:9464";
    private static final String CORE = "127.0.0.1:8080";
    private static final Pattern SENT = Pattern.compile("Actual: (\\d+) packets .* sent in ([\\d.]+) seconds");
    private static final long TICKS_A_SECOND = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String launcher = System.getProperty("dpi.probe.launcher", "dpi-probe");
    private final Path dir;

    private LossCurve(Path dir) {
        this.dir = dir;
    }

    /** What the probe has counted, and what it has taken, up to a moment. */
    private record Count(long captured, long kernelDrops, long accepted, long dropped, long cpuTicks) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path dir = Files.createTempDirectory("dpi-probe-live");
        try {
            new LossCurve(dir).run();
        } catch (IOException e) {
            System.err.println("dpi-probe bench --live: " + e.getMessage());
            System.exit(70);
        } finally {
            command("rm", "-rf", dir.toString());
        }
    }

    private void run() throws IOException, InterruptedException {
        command("ip", "link", "set", "lo", "up");
        command("ip", "link", "add", "probe0", "type", "veth", "peer", "name", "send0");
        for (String end : List.of("probe0", "send0")) {
            command("sysctl", "-q", "-w", "net.ipv6.conf." + end + ".disable_ipv6=1");
            command("ip", "link", "set", end, "up");
        }
        Path trace = dir.resolve("mixed.pcap");
        try (TraceFile file = new TraceFile(trace)) {
            file.write(Trace.MIXED, 0, PACKETS);
        }
        Process core = start(Map.of(), "core", "--listen", CORE);
        Process probe = start(
                Map.of(
                        "CAPTURE_IFACE",
                        "probe0",
                        "CORE_API_URL",
                        "http://" + CORE,
                        "BUFFER_DIR",
                        dir.resolve("buffer").toString(),
                        "MANAGEMENT_ADDRESS",
                        MANAGEMENT),
                "run");
        try {
            awaitReady(probe);
            send(trace, RATES[0]); // the compilers' turn
            System.out.printf(
                    "%10s %10s %9s %9s %9s %12s %8s%n",
                    "packets/s", "captured", "lost %", "events/s", "events -%", "CPU %", "RSS MiB");
            for (int rate : RATES) {
                print(probe, trace, rate);
            }
        } finally {
            probe.destroy();
            probe.waitFor(60, TimeUnit.SECONDS);
            core.destroy();
            core.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void print(Process probe, Path trace, int rate) throws IOException, InterruptedException {
        Count before = count(probe);
        Matcher sent = send(trace, rate);
        Count after = settled(probe);
        long packets = Long.parseLong(sent.group(1));
        double seconds = Double.parseDouble(sent.group(2));
        long captured = after.captured - before.captured;
        long accepted = after.accepted - before.accepted;
        System.out.printf(
                Locale.ROOT,
                "%10.0f %10d %9.3f %9.0f %9.3f %12.0f %8d%n",
                packets / seconds,
                captured,
                100.0 * Math.max(0, packets - captured) / packets,
                accepted / seconds,
                100.0 * (after.dropped - before.dropped) / Math.max(1, accepted),
                100.0 * (after.cpuTicks - before.cpuTicks) / TICKS_A_SECOND / seconds,
                residentMiB(probe.pid()));
    }

    private static Matcher send(Path trace, int rate) throws IOException, InterruptedException {
        String said = command(
                "tcpreplay",
                "-q",
                "-K",
                "-i",
                "send0",
                "--loop=1000000",
                "--unique-ip",
                "--pps=" + rate,
                "--duration=" + SECONDS,
                trace.toString());
        Matcher sent = SENT.matcher(said);
        if (!sent.find()) {
            throw new IOException("tcpreplay did not say what it sent: " + said);
        }
        return sent;
    }

    private Process start(Map<String, String> settings, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launcher);
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(settings);
        return builder.redirectErrorStream(true)
                .redirectOutput(dir.resolve(arguments[0] + ".log").toFile())
                .start();
    }

    private void awaitReady(Process probe) throws IOException, InterruptedException {
        for (int i = 0; i < 300; i++) {
            if (!probe.isAlive()) {
                throw new IOException("the probe ended: " + Files.readString(dir.resolve("run.log")));
            }
            try {
                if (get("/ready").startsWith("200")) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException("the probe is not ready: " + Files.readString(dir.resolve("run.log")));
    }

    /** Counts once nothing is under way: twice the same. */
    private Count settled(Process probe) throws IOException, InterruptedException {
        Count last = count(probe);
        while (true) {
            TimeUnit.SECONDS.sleep(1);
            Count now = count(probe);
            if (now.captured == last.captured) {
                return now;
            }
            last = now;
        }
    }

    private Count count(Process probe) throws IOException, InterruptedException {
        String metrics = get("/metrics");
        String[] stat = Files.readString(Path.of("/proc", Long.toString(probe.pid()), "stat"))
                .replaceAll("^.*\\) ", "")
                .split(" ");
        return new Count(
                sum(metrics, "dpi_probe_packets_captured_total"),
                sum(metrics, "dpi_probe_packets_dropped_total"),
                sum(metrics, "dpi_probe_events_accepted_total"),
                sum(metrics, "dpi_probe_events_dropped_total"),
                Long.parseLong(stat[11]) + Long.parseLong(stat[12]));
    }

    private static long sum(String metrics, String name) {
        return Math.round(metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum());
    }

    private static long residentMiB(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return 0;
    }

    private String get(String path) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://" + MANAGEMENT + path))
                        .build(),
                BodyHandlers.ofString());
        return answer.statusCode() + "\n" + answer.body();
    }

    private static String command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + said.trim());
        }
        return said;
    }
}
