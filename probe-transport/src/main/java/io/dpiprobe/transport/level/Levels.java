// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.level;

import java.util.concurrent.TimeUnit;

/**
 * Keeps the level: the worst signal sets it at once, three calm windows make it better by one, and it changes at most
 * twice a minute.
 */
public final class Levels {
    static final int CALM_WINDOWS = 3;
    static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    private final LevelConfig config;
    private final long calmNs;
    private Level level = Level.HEALTHY;
    private long calmSinceNs;
    private long lastChangeNs;
    private long changeBeforeNs;
    private int changes;

    public Levels(LevelConfig config) {
        this.config = config;
        this.calmNs = CALM_WINDOWS * config.window().toNanos();
    }

    public Level level() {
        return level;
    }

    /** Takes a measurement; call it at least once a second. */
    public Level onSignals(Signals signals, long nowNs) {
        Level worst = config.worst(signals);
        if (!level.isWorseThan(worst)) {
            calmSinceNs = nowNs;
        }
        if (worst.isWorseThan(level)) {
            change(worst, nowNs);
        } else if (level.isWorseThan(worst) && nowNs - calmSinceNs >= calmNs) {
            change(level.better(), nowNs);
        }
        return level;
    }

    private void change(Level next, long nowNs) {
        if (changes >= 2 && nowNs - changeBeforeNs < MINUTE_NS) {
            return;
        }
        changes++;
        changeBeforeNs = lastChangeNs;
        lastChangeNs = nowNs;
        calmSinceNs = nowNs;
        level = next;
    }
}
