// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.level;

import io.dpiprobe.buffer.Admission;
import io.dpiprobe.buffer.BufferStats;
import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.LaneLedger;
import io.dpiprobe.buffer.LedgerSnapshot;
import io.dpiprobe.buffer.TimeHistogram;
import java.time.Duration;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures once a second how well Core keeps up, and sets the level and the share of events that is kept. */
public final class Pressure implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Pressure.class);
    private static final long INTERVAL_NS = Duration.ofSeconds(1).toNanos();

    /** While nothing has waited longer, Core keeps up, whatever a burst makes of the counts. */
    private static final long KEEPS_UP_NS = Duration.ofSeconds(5).toNanos();

    private final Gauges gauges;
    private final Admission admission;
    private final Levels levels;
    private final SamplingPlan plan;
    private final DeliveryWindow window;
    private long nextNs = Long.MIN_VALUE;
    private volatile Level level = Level.HEALTHY;

    /** Where the measurements come from. */
    public record Gauges(
            Supplier<LedgerSnapshot> ledger, Supplier<BufferStats> buffer, Supplier<TimeHistogram.Summary> answers) {}

    public Pressure(LevelConfig config, SamplingConfig sampling, Gauges gauges, Admission admission) {
        this.gauges = gauges;
        this.admission = admission;
        this.levels = new Levels(config);
        this.plan = new SamplingPlan(sampling);
        this.window = new DeliveryWindow(config.window().toNanos());
    }

    @Override
    public String roleName() {
        return "pressure";
    }

    @Override
    public int doWork() {
        return doWork(SystemNanoClock.INSTANCE.nanoTime());
    }

    /** Measures if it is time to; returns 0 if not. */
    public int doWork(long nowNs) {
        if (nowNs < nextNs) {
            return 0;
        }
        nextNs = nowNs + INTERVAL_NS;
        BufferStats buffer = gauges.buffer().get();
        Level next = levels.onSignals(signals(buffer, nowNs), nowNs);
        if (next != level) {
            LOG.info("backpressure_level: {}, was {}", next.label(), level.label());
            level = next;
        }
        double disk = disk(buffer);
        plan.apply(next, disk, Math.max(disk, used(buffer.memory())), admission);
        return 1;
    }

    private Signals signals(BufferStats buffer, long nowNs) {
        LedgerSnapshot ledger = gauges.ledger().get();
        DeliveryWindow.Counts now = new DeliveryWindow.Counts(
                nowNs,
                ledger.total(Pressure::toDeliver),
                ledger.total(lane -> lane.acked() + lane.quarantined()),
                gauges.answers().get());
        window.add(now);
        long oldestNs = Math.max(buffer.memory().oldestAgeNs(), buffer.disk().oldestAgeNs());
        double delivered = oldestNs < KEEPS_UP_NS ? 1 : window.delivered(now);
        return new Signals(delivered, window.latencyMs(now), used(buffer.memory()));
    }

    /** What was not to be kept does not count as if Core had failed to take it. */
    private static long toDeliver(LaneLedger lane) {
        return lane.accepted() - lane.recovered() - lane.dropped(DropReason.SAMPLED) - lane.dropped(DropReason.SHED);
    }

    private static double disk(BufferStats buffer) {
        return buffer.diskState() == BufferStats.DiskState.READY ? used(buffer.disk()) : 1;
    }

    private static double used(BufferStats.Tier tier) {
        return (double) tier.usedBytes() / tier.capacityBytes();
    }

    /** The level at present; for any thread. */
    public Level level() {
        return level;
    }
}
