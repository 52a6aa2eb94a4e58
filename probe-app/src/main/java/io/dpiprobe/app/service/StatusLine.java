// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.buffer.BufferStats;
import io.dpiprobe.buffer.LedgerSnapshot;
import io.dpiprobe.transport.TransportStatistics;
import io.dpiprobe.transport.gate.BreakerState;
import java.util.Locale;

/** Writes the one line that `systemctl status` shows. */
final class StatusLine {
    private static final int PERCENT = 100;

    private StatusLine() {}

    static String of(Probe probe, String source) {
        BufferStats buffer = probe.buffer();
        return "capturing %s; %s, level %s; memory %d %%, disk %d %%; %d events wait"
                .formatted(
                        source,
                        core(probe.delivery()),
                        probe.level().name().toLowerCase(Locale.ROOT),
                        fill(buffer.memory()),
                        fill(buffer.disk()),
                        waiting(probe.ledger()));
    }

    private static String core(TransportStatistics delivery) {
        if (delivery.breaker() != BreakerState.CLOSED) {
            return "Core is away";
        }
        return delivery.backpressureActive() ? "Core wants less" : "Core takes events";
    }

    private static long fill(BufferStats.Tier tier) {
        return tier.capacityBytes() == 0 ? 0 : PERCENT * tier.usedBytes() / tier.capacityBytes();
    }

    private static long waiting(LedgerSnapshot ledger) {
        return ledger.total(lane -> lane.inMemory() + lane.onDisk() + lane.inFlight());
    }
}
