// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.level;

import java.time.Duration;
import java.util.List;

/**
 * Says where one level ends and the next begins. Each list has three limits: of HEALTHY, of WARNING and of CRITICAL.
 *
 * @param window over which is measured
 * @param delivered least share of the accepted events that Core takes, falling
 * @param latenciesMs response times that 95 of 100 answers stay below, rising
 * @param backlog share of memory that events stay below, rising
 */
public record LevelConfig(Duration window, List<Double> delivered, List<Double> latenciesMs, List<Double> backlog) {
    /** Limits in each list. */
    public static final int LIMITS = 3;

    public LevelConfig {
        delivered = List.copyOf(delivered);
        latenciesMs = List.copyOf(latenciesMs);
        backlog = List.copyOf(backlog);
        assert delivered.size() == LIMITS && latenciesMs.size() == LIMITS && backlog.size() == LIMITS;
    }

    /** The defaults of the configuration. */
    public static LevelConfig defaults() {
        return new LevelConfig(
                Duration.ofSeconds(60),
                List.of(0.95, 0.8, 0.5),
                List.of(500.0, 1000.0, 5000.0),
                List.of(0.5, 0.8, 0.95));
    }

    /** The worst of the three signals. */
    Level worst(Signals signals) {
        int number = 0;
        for (int i = 0; i < LIMITS; i++) {
            boolean exceeded = signals.delivered() < delivered.get(i)
                    || signals.latencyMs() >= latenciesMs.get(i)
                    || signals.backlog() >= backlog.get(i);
            number = exceeded ? i + 1 : number;
        }
        return Level.ofNumber(number);
    }
}
