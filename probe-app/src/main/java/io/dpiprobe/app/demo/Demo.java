// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.config.InvalidConfigurationException;
import io.dpiprobe.app.core.CoreConfig;
import io.dpiprobe.app.core.ReferenceCore;
import io.dpiprobe.app.metrics.ProbeMetrics;
import io.dpiprobe.app.probe.CaptureInput;
import io.dpiprobe.app.probe.CaptureInput.TimeBase;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.app.web.ManagementServer;
import io.dpiprobe.buffer.LedgerSnapshot;
import io.dpiprobe.capture.source.LiveCapture;
import io.dpiprobe.capture.source.LiveConfig;
import io.dpiprobe.capture.source.PacketSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** Runs a probe with sample traffic and a Core of its own, and shows what arrives. */
public final class Demo {
    private static final long SUMMARY_INTERVAL_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_DRAIN_NS = TimeUnit.SECONDS.toNanos(15);
    private static final int LOOPBACK_SNAPLEN = 65_535;
    private static final int LOOPBACK_RING_BYTES = 4 << 20;

    private final PrintWriter out;
    private final Path dir;
    private final EventPrinter printer;
    private volatile boolean isStopped;

    /** @param dir empty, for the buffer; the caller removes it */
    public Demo(PrintWriter out, Path dir) {
        this.out = out;
        this.dir = dir;
        this.printer = new EventPrinter(out, SystemNanoClock.INSTANCE);
    }

    /** Waits, and says true when the demo should end; is called again and again. */
    @FunctionalInterface
    public interface Pause {
        boolean untilEnd() throws InterruptedException;
    }

    /** Runs until the pause says so, then until all is delivered; true if every event was. */
    public boolean run(Pause pause) throws IOException, InterruptedException {
        CoreConfig coreConfig = CoreConfig.local(dir.resolve("core.ndjson")).withListener(printer::onEvent);
        try (ReferenceCore core = ReferenceCore.open(coreConfig);
                Probe probe = Probe.open(configuration(core), inputs(core));
                ProbeMetrics metrics = new ProbeMetrics(probe);
                ManagementServer server = ManagementServer.open(probe.config().management(), probe, metrics)) {
            probe.start();
            out.println("Status page: " + server.url() + "   Core: " + core.url());
            out.flush();
            showUntilEnd(probe, pause);
            isStopped = true;
            await(probe::isDone);
            return verdict(probe.ledger());
        }
    }

    private static Configuration configuration(ReferenceCore core, Path dir) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("PROBE_ID", "demo");
        environment.put("CORE_API_URL", core.url());
        environment.put("BUFFER_DIR", dir.resolve("buffer").toString());
        environment.put("MAX_BUFFER_SIZE_MB", "32");
        environment.put("MAX_DISK_BUFFER_MB", "256");
        environment.put("MANAGEMENT_ADDRESS", "127.0.0.1:0");
        environment.put("FLOW_TIMEOUT_SECONDS", "3"); // so that flow records come while somebody watches
        environment.put("HEALTH_REPORT_INTERVAL_SECONDS", "10");
        try {
            return Configuration.read(environment);
        } catch (InvalidConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Configuration configuration(ReferenceCore core) throws IOException {
        return configuration(core, dir);
    }

    private List<CaptureInput> inputs(ReferenceCore core) throws IOException {
        SampleTraffic traffic = SampleTraffic.create();
        List<CaptureInput> inputs = new ArrayList<>();
        inputs.add(new CaptureInput(
                TimeBase.LIVE,
                () -> new StoppableSource(new SampleSource(traffic, SystemEpochNanoClock.INSTANCE), () -> isStopped)));
        try {
            PacketSource loopback = openLoopback(core);
            inputs.add(new CaptureInput(TimeBase.LIVE, () -> new StoppableSource(loopback, () -> isStopped)));
            out.println("Capturing: sample traffic, and lo live");
        } catch (IOException e) {
            out.println("Capturing: sample traffic; not lo live, because: " + e.getMessage());
        }
        return inputs;
    }

    /** Without what the probe itself sends to Core: each event would make another. */
    private static PacketSource openLoopback(ReferenceCore core) throws IOException {
        String filter = "not port " + core.address().getPort();
        return LiveCapture.open(
                new LiveConfig(
                        "lo",
                        LOOPBACK_SNAPLEN,
                        LOOPBACK_RING_BYTES,
                        LiveConfig.Mode.OWN_PACKETS,
                        filter,
                        LiveConfig.Fanout.NONE),
                SystemNanoClock.INSTANCE);
    }

    private void showUntilEnd(Probe probe, Pause pause) throws InterruptedException {
        long nextSummaryNs = System.nanoTime() + SUMMARY_INTERVAL_NS;
        while (!pause.untilEnd()) {
            if (System.nanoTime() - nextSummaryNs >= 0) {
                nextSummaryNs += SUMMARY_INTERVAL_NS;
                summarize(probe.ledger(), probe.packets().source().captured());
            }
        }
    }

    private void summarize(LedgerSnapshot ledger, long packets) {
        out.printf(
                "--- %,d packets; %,d events made, %,d acknowledged by Core: %s%n",
                packets, ledger.total(lane -> lane.accepted()), ledger.total(lane -> lane.acked()), printer.counts());
        out.flush();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long beganNs = System.nanoTime();
        while (!condition.getAsBoolean() && System.nanoTime() - beganNs < LONGEST_DRAIN_NS) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private boolean verdict(LedgerSnapshot ledger) {
        long accepted = ledger.total(lane -> lane.accepted());
        long acked = ledger.total(lane -> lane.acked());
        boolean good = accepted > 0 && acked == accepted && ledger.imbalance() == 0;
        out.printf(
                "=== %,d events made, %,d acknowledged by Core, imbalance %d: %s%n",
                accepted, acked, ledger.imbalance(), good ? "all delivered" : "NOT all delivered");
        out.println("    by type: " + printer.counts());
        out.flush();
        return good;
    }
}
