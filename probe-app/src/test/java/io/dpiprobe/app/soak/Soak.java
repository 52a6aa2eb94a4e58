// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.soak;

import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.config.InvalidConfigurationException;
import io.dpiprobe.app.demo.MixedTraffic;
import io.dpiprobe.app.probe.CaptureInput;
import io.dpiprobe.app.probe.CaptureWorker;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.buffer.LedgerSnapshot;
import io.dpiprobe.buffer.TimeHistogram;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;

/** Lets a probe run with faults in Core, disk, clock and input, and says what was wrong at the end. */
final class Soak {
    private static final long MIB = 1 << 20;
    private static final int PACKETS_PER_SECOND = 2000;
    private static final long MAX_DRAIN_NS = TimeUnit.MINUTES.toNanos(2);
    /** What a heap may differ by that holds the same: caches, classes, histograms that fill. */
    private static final long HEAP_LEEWAY = 16 * MIB;
    /** Descriptors and threads of connections that are open at one moment and not at another. */
    private static final int CONNECTION_LEEWAY = 24;

    private static final long FLAT_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final PrintStream out;
    private final Path dir;
    private final List<String> wrong = new ArrayList<>();

    Soak(PrintStream out, Path dir) {
        this.out = out;
        this.dir = dir;
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 2 || !args[0].equals("--for") || !args[1].matches("[1-9][0-9]{0,5}[smh]")) {
            System.out.println("Usage: dpi-probe soak --for 30m");
            System.exit(64);
        }
        Path dir = Files.createTempDirectory("dpi-probe-soak");
        List<String> wrong = new Soak(System.out, dir).run(Duration.parse("PT" + args[1].toUpperCase(Locale.ROOT)));
        wrong.forEach(each -> System.out.println("WRONG: " + each));
        if (wrong.isEmpty()) {
            System.out.println("nothing wrong");
            IoUtil.delete(dir.toFile(), false);
        } else {
            System.out.println(wrong.size() + " things wrong; what is on disk stays in " + dir);
        }
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    /** Returns what was wrong. */
    List<String> run(Duration time) throws IOException, InvalidConfigurationException {
        long seed = System.nanoTime();
        Path buffer = dir.resolve("buffer");
        out.println("soak of " + time + ", seed " + seed);
        MixedTraffic traffic = new MixedTraffic(seed, PACKETS_PER_SECOND);
        Holdings before = Holdings.now(dir);
        try (Misfortune misfortune = new Misfortune(seed, buffer)) {
            Configuration config = config(misfortune.url(), buffer);
            CaptureInput input = new CaptureInput(CaptureInput.TimeBase.LIVE, () -> traffic);
            try (Probe probe = Probe.open(config, List.of(input))) {
                probe.start();
                soak(probe, misfortune, time);
                drain(probe, misfortune, traffic);
            }
        }
        // its memory is the collector's to free: a probe that stops is a process that ends
        compareHandles("after the stop", before, Holdings.now(dir));
        return wrong;
    }

    private static Configuration config(String core, Path buffer) throws InvalidConfigurationException {
        return Configuration.read(Map.ofEntries(
                Map.entry("CAPTURE_IFACE", "lo"),
                Map.entry("CORE_API_URL", core),
                Map.entry("BUFFER_DIR", buffer.toString()),
                Map.entry("BUFFER_DURABILITY", "all"),
                Map.entry("PROBE_ID", "soak"),
                Map.entry("MAX_BUFFER_SIZE_MB", "16"),
                Map.entry("MAX_DISK_BUFFER_MB", "64"),
                Map.entry("MAX_FLOWS", "10000"),
                Map.entry("BACKOFF_MAX_MS", "500"),
                Map.entry("REQUEST_TIMEOUT_MS", "2000"),
                Map.entry("CIRCUIT_BREAKER_RECOVERY_TIMEOUT", "1")));
    }

    private void soak(Probe probe, Misfortune misfortune, Duration time) throws IOException {
        long begin = System.nanoTime();
        long third = time.toNanos() / 3;
        strikeUntil(begin + third, probe, misfortune);
        Holdings warm = Holdings.now(dir);
        HeapHistogram warmHeap = HeapHistogram.now();
        TimeHistogram.Summary first = probe.buffer().offerTimes();
        strikeUntil(begin + 2 * third, probe, misfortune);
        TimeHistogram.Summary second = probe.buffer().offerTimes();
        strikeUntil(begin + 3 * third, probe, misfortune);
        TimeHistogram.Summary last = probe.buffer().offerTimes().since(second);
        compare("while it ran", warm, Holdings.now(dir));
        out.println("what grew: " + String.join(", ", HeapHistogram.now().growthSince(warmHeap)));
        long early = first.percentileNs(0.999);
        long late = last.percentileNs(0.999);
        out.printf("offers: p99.9 %d ns in the first third, %d ns in the last%n", early, late);
        check(late <= Math.max(4 * early, FLAT_NS), "offers got slower: p99.9 " + early + " ns, then " + late + " ns");
    }

    private void strikeUntil(long deadlineNs, Probe probe, Misfortune misfortune) throws IOException {
        while (System.nanoTime() < deadlineNs) {
            misfortune.strike();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));
            long imbalance = probe.ledger().imbalance();
            check(imbalance == 0, "imbalance of " + imbalance + " while running");
            check(probe.isHealthy(), "a thread has ended");
        }
    }

    private void drain(Probe probe, Misfortune misfortune, MixedTraffic traffic) {
        misfortune.relent();
        traffic.end();
        long deadline = System.nanoTime() + MAX_DRAIN_NS;
        while (!probe.isDone() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        LedgerSnapshot ledger = probe.ledger();
        out.printf(
                "%d packets, %d flows; %d events accepted, %d acked, %d dropped; %s%n",
                traffic.counters().captured(),
                probe.workers().stream()
                        .mapToLong(worker -> worker.statistics().flowsCreated())
                        .sum(),
                ledger.total(lane -> lane.accepted()),
                ledger.total(lane -> lane.acked()),
                ledger.total(lane -> lane.droppedTotal()),
                misfortune.summary());
        check(ledger.isDrained(), "not everything was delivered or given up: " + ledger);
        check(ledger.imbalance() == 0, "the ledger does not balance: " + ledger);
        check(probe.faults() == 0, probe.faults() + " exceptions reached the top of a thread");
        for (CaptureWorker worker : probe.workers()) {
            check(worker.statistics().inspector().failures() == 0, "a dissector failed");
        }
    }

    private void compare(String when, Holdings then, Holdings now) {
        check(now.heapBytes() - then.heapBytes() < HEAP_LEEWAY, when + ": the heap has grown");
        check(now.directBytes() - then.directBytes() < MIB, when + ": direct memory has grown");
        compareHandles(when, then, now);
    }

    private void compareHandles(String when, Holdings then, Holdings now) {
        out.printf("%s: %s%n%s  %s%n", when, then, " ".repeat(when.length()), now);
        check(now.descriptors() - then.descriptors() < CONNECTION_LEEWAY, when + ": descriptors have leaked");
        check(now.threads() - then.threads() < CONNECTION_LEEWAY, when + ": threads have leaked");
        check(now.maps() - then.maps() < CONNECTION_LEEWAY, when + ": mapped files have leaked");
    }

    private void check(boolean holds, String otherwise) {
        if (!holds && !wrong.contains(otherwise)) {
            wrong.add(otherwise);
        }
    }
}
