// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.metrics;

import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.buffer.BufferStats;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.LaneLedger;
import io.dpiprobe.buffer.LastRun;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Registers how full the buffer is. */
final class BufferMeters {
    private static final double NS_PER_SECOND = 1e9;

    private BufferMeters() {}

    static void register(Meters<Probe> meters) {
        tier(meters, "memory", BufferStats::memory, LaneLedger::inMemory);
        tier(meters, "disk", BufferStats::disk, LaneLedger::onDisk);
        meters.counter(
                "buffer_corrupt_blocks",
                "Blocks on disk that were found damaged",
                probe -> probe.buffer().corruptBlocks());
        meters.counter(
                "buffer_sync_errors",
                "Failed attempts to force files to disk",
                probe -> probe.buffer().syncErrors());
        for (Lane lane : Lane.values()) {
            meters.gauge(
                    "killed_run_lost_events_max",
                    "Events that the run before lost at most when it was killed; NaN if that is not known",
                    probe -> lostAtMost(probe.lastRun(), lane),
                    "lane",
                    lane.label());
        }
        meters.gauge(
                "buffer_dir_available_bytes",
                "Free space of the file system of BUFFER_DIR",
                probe -> probe.buffer().dirAvailableBytes());
    }

    private static void tier(
            Meters<Probe> meters,
            String name,
            Function<BufferStats, BufferStats.Tier> tier,
            ToLongFunction<LaneLedger> events) {
        meters.gauge(
                "buffer_capacity_bytes",
                "The most that the buffer may take",
                probe -> tier.apply(probe.buffer()).capacityBytes(),
                "tier",
                name);
        meters.gauge(
                "buffer_utilization_ratio",
                "Used share of the capacity",
                probe -> utilization(tier.apply(probe.buffer())),
                "tier",
                name);
        meters.gauge(
                "buffer_oldest_event_age_seconds",
                "Age of the oldest event; 0 if there is none",
                probe -> tier.apply(probe.buffer()).oldestAgeNs() / NS_PER_SECOND,
                "tier",
                name);
        meters.counter(
                "buffer_full",
                "Times that there was no room",
                probe -> tier.apply(probe.buffer()).fullCount(),
                "tier",
                name);
        lanes(meters, name, tier, events);
    }

    private static void lanes(
            Meters<Probe> meters,
            String name,
            Function<BufferStats, BufferStats.Tier> tier,
            ToLongFunction<LaneLedger> events) {
        for (Lane lane : Lane.values()) {
            meters.gauge(
                    "buffer_used_bytes",
                    "Bytes of events, as stored",
                    probe -> tier.apply(probe.buffer()).laneBytes().getOrDefault(lane, 0L),
                    "tier",
                    name,
                    "lane",
                    lane.label());
            meters.gauge(
                    "buffer_events",
                    "Events held",
                    probe -> events.applyAsLong(probe.ledger().lane(lane)),
                    "tier",
                    name,
                    "lane",
                    lane.label());
        }
    }

    private static double lostAtMost(LastRun run, Lane lane) {
        return run.isLossKnown() ? run.lostAtMost(lane) : Double.NaN;
    }

    private static double utilization(BufferStats.Tier tier) {
        return tier.capacityBytes() == 0 ? 0 : (double) tier.usedBytes() / tier.capacityBytes();
    }
}
