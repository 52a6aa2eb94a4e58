// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.tap.EventTap;
import io.dpiprobe.buffer.Admission;
import io.dpiprobe.buffer.BufferStats;
import io.dpiprobe.buffer.EventBuffer;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.LastRun;
import io.dpiprobe.buffer.LedgerSnapshot;
import io.dpiprobe.capture.PacketPipeline;
import io.dpiprobe.capture.PipelineConfig;
import io.dpiprobe.capture.Protocols;
import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.Sampling;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.transport.Transport;
import io.dpiprobe.transport.TransportStatistics;
import io.dpiprobe.transport.level.Level;
import io.dpiprobe.transport.level.Pressure;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.CompositeAgent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs capture, buffer and transport, each on threads of its own, and stops them in order. Opened, started and closed by
 * one thread; what it counted is for any.
 */
public final class Probe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

    private final Configuration config;
    private final ProbeIdentity identity;
    private final EventBuffer buffer;
    private final Admission admission = new Admission();
    private final EventTap tap = new EventTap();
    private final Faults faults = new Faults();
    private final Reproducers reproducers;
    private final List<CaptureWorker> workers = new ArrayList<>();
    private final List<AgentThread> captureThreads = new ArrayList<>();
    private @Nullable Transport transport;
    private @Nullable Reporter reporter;
    private @Nullable Pressure pressure;
    private @Nullable AgentThread transportThread;
    private @Nullable AgentThread spillThread;
    private @Nullable AgentThread reportThread;
    private volatile boolean isCapturing;

    private Probe(Configuration config, ProbeIdentity identity, EventBuffer buffer) {
        this.config = config;
        this.identity = identity;
        this.buffer = buffer;
        this.reproducers = new Reproducers(config.reproducerDir());
    }

    /**
     * Takes what the probe needs: the buffer first, then the credentials of the transport, then the inputs.
     *
     * @param inputs one for each worker
     */
    public static Probe open(Configuration config, List<CaptureInput> inputs) throws IOException {
        ProbeIdentity identity = ProbeIdentity.ofNewRun(config.probeId());
        EventBuffer buffer = EventBuffer.open(config.buffer(identity.epoch(), inputs.size() + 1));
        tellOf(buffer.lastRun());
        Probe probe = new Probe(config, identity, buffer);
        boolean opened = false;
        try {
            probe.transport = Transport.open(config.transport(), buffer, buffer::deliveryUnavailable);
            probe.openWorkers(inputs);
            probe.reporter = probe.newReporter(inputs.size());
            probe.pressure = probe.newPressure();
            opened = true;
            return probe;
        } finally {
            if (!opened) {
                probe.abandon();
            }
        }
    }

    private static void tellOf(LastRun last) {
        if (last.end() == LastRun.End.STOPPED) {
            return;
        }
        if (last.isLossKnown()) {
            LOG.warn(
                    "run_killed: run {} did not end by itself; events that only its memory had, at most: {}",
                    last.epoch(),
                    last.lostAtMost());
        } else {
            LOG.warn(
                    "run_killed: run {} did not end by itself; how many events only its memory had is not known",
                    last.epoch());
        }
    }

    private void openWorkers(List<CaptureInput> inputs) throws IOException {
        for (int i = 0; i < inputs.size(); i++) {
            CaptureInput input = inputs.get(i);
            EventSink sink = tap.tapped(buffer.sink(i));
            PacketNumbers numbers =
                    input.timeBase() == CaptureInput.TimeBase.FILE ? PacketNumbers.SHOWN : PacketNumbers.HIDDEN;
            PipelineConfig pipeline = new PipelineConfig(
                    new EventIdentity(identity.id(), identity.epoch(), i),
                    numbers,
                    config.secrets(),
                    EnumSet.complementOf(EnumSet.of(EventType.LEDGER)),
                    config.flowsPerWorker(),
                    config.flowTimeouts(),
                    config.flowUpdateInterval(),
                    config.checksums(),
                    new SecureRandom().nextLong(),
                    new Sampling(admission, config.sampling().mode(), new SecureRandom().nextLong()));
            PacketPipeline packets = new PacketPipeline(pipeline, Protocols.registry(), sink);
            packets.reportFailuresTo(reproducers);
            workers.add(new CaptureWorker(i, input.opener().open(), input.timeBase(), packets, sink));
        }
    }

    /** The probe's own events come from a worker of their own, after those that capture. */
    private Reporter newReporter(int number) {
        EventSink sink = tap.tapped(buffer.sink(number));
        LedgerReport report =
                new LedgerReport(sink, new EventIdentity(identity.id(), identity.epoch(), number), buffer.lastRun());
        return new Reporter(report, sink, this::packets, this::ledger, config.reportInterval());
    }

    private Pressure newPressure() {
        Pressure.Gauges gauges =
                new Pressure.Gauges(this::ledger, this::buffer, () -> delivery().requestDurations());
        return new Pressure(config.levels(), config.sampling(), gauges, admission);
    }

    /** Starts the threads, those that take events before those that make them. */
    public void start() {
        spillThread = AgentThread.start(buffer.spillAgent(), faults);
        Transport delivery = Objects.requireNonNull(transport);
        transportThread = AgentThread.start(delivery, delivery.idleStrategy(), faults);
        reportThread = AgentThread.start(
                new CompositeAgent(Objects.requireNonNull(reporter), Objects.requireNonNull(pressure)), faults);
        for (CaptureWorker worker : workers) {
            captureThreads.add(AgentThread.start(worker, faults));
        }
        isCapturing = true;
        if (config.secrets() == Secrets.SHOWN) {
            LOG.warn(
                    "secrets_shown: LOG_SECRETS is on, so that passwords and the like are in the events as they were sent");
        }
        LOG.info("started: probe {} epoch {}, capture workers: {}", identity.id(), identity.epoch(), workers.size());
    }

    /** Whether every input has come to its end and all events are where they belong: delivered, or given up, counted. */
    public boolean isDone() {
        Reporter last = Objects.requireNonNull(reporter);
        if (!workers.stream().allMatch(CaptureWorker::isDone)) {
            return false;
        }
        last.requestLast();
        return last.isLastWritten() && ledger().isDrained();
    }

    /** Whether packets are being captured; false before the start and while stopping. */
    public boolean isReady() {
        return isCapturing;
    }

    /** Whether all threads that should run do. */
    public boolean isHealthy() {
        return captureThreads.stream().allMatch(AgentThread::isAlive)
                && transportThread != null
                && transportThread.isAlive()
                && spillThread != null
                && spillThread.isAlive();
    }

    /**
     * What must move for the probe to be alive: capture, spill, transport. Capture that may wait for memory, because it
     * reads a file, is none of it.
     */
    public List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        stages.add(Objects.requireNonNull(spillThread).stage());
        stages.add(Objects.requireNonNull(transportThread).stage());
        if (config.capture().file() == null) {
            captureThreads.forEach(thread -> stages.add(thread.stage()));
        }
        return stages;
    }

    /** Captures from now on only packets that pass this filter; the interfaces take it on their next turn. */
    public void filter(String expression) {
        workers.forEach(worker -> worker.requestFilter(expression));
    }

    /** Delivers no more than this many events a second from now on; 0: no limit. */
    public void limitRate(int eventsPerSecond) {
        Objects.requireNonNull(transport).requestRate(eventsPerSecond);
    }

    /** Why an input broke, if one did. */
    public @Nullable IOException captureFailure() {
        return workers.stream()
                .map(CaptureWorker::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Stops capture, ends all flows, stops delivery, and moves what is left to disk. */
    @Override
    public void close() throws IOException {
        isCapturing = false;
        tap.close();
        captureThreads.forEach(thread -> thread.close(buffer::stopOffers));
        closeIfStarted(reportThread);
        closeIfStarted(transportThread);
        closeIfStarted(spillThread);
        reproducers.close();
        buffer.close();
        LedgerSnapshot last = ledger();
        LOG.info(
                "stopped: {} events accepted, {} acked, {} on disk for the next start, {} dropped",
                last.total(lane -> lane.accepted()),
                last.total(lane -> lane.acked()),
                last.total(lane -> lane.onDisk()),
                last.total(lane -> lane.droppedTotal()));
    }

    private static void closeIfStarted(@Nullable AgentThread thread) {
        if (thread != null) {
            thread.close(() -> {});
        }
    }

    /** Gives back what an incomplete start has taken. */
    private void abandon() throws IOException {
        workers.forEach(CaptureWorker::onClose);
        if (transport != null) {
            transport.onClose();
        }
        buffer.close();
    }

    public ProbeIdentity identity() {
        return identity;
    }

    public Configuration config() {
        return config;
    }

    public List<CaptureWorker> workers() {
        return workers;
    }

    public PacketLedger packets() {
        return PacketLedger.of(workers);
    }

    /** Events written of one type. */
    public long eventsWritten(EventType type) {
        long written = Objects.requireNonNull(reporter).eventsWritten()[type.ordinal()];
        for (CaptureWorker worker : workers) {
            written += worker.statistics().eventsWritten()[type.ordinal()];
        }
        return written;
    }

    /** Shows events while they are made. */
    public EventTap tap() {
        return tap;
    }

    /** Events given up a second, lately. */
    public double dropRate() {
        return Objects.requireNonNull(reporter).dropRate();
    }

    /** How the run before this one ended. */
    public LastRun lastRun() {
        return buffer.lastRun();
    }

    public LedgerSnapshot ledger() {
        return buffer.ledger();
    }

    public BufferStats buffer() {
        return buffer.stats();
    }

    public TransportStatistics delivery() {
        return Objects.requireNonNull(transport).statistics();
    }

    /** How far Core is behind. */
    public Level level() {
        return Objects.requireNonNull(pressure).level();
    }

    /** Share of a lane's events that is kept at present, 0 to 1. */
    public double samplingRatio(Lane lane) {
        return (double) admission.share(lane) / Admission.ALL;
    }

    /** Exceptions that reached the top of a thread. */
    public long faults() {
        return faults.count();
    }

    /** Packets that were saved because a dissector failed at them. */
    public long reproducersSaved() {
        return reproducers.saved();
    }
}
