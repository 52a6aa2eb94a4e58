// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import io.dpiprobe.app.probe.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether every stage has moved since it was last asked. For one thread. */
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final int MICROS_TO_NANOS = 1000;
    /** Signs of life in the time after which the service manager would give up: one may be late, and one be lost. */
    private static final int SIGNS_PER_TIMEOUT = 4;

    private final List<Stage> stages;
    private final long[] seen;
    private boolean stuck;

    Watchdog(List<Stage> stages) {
        this.stages = stages;
        this.seen = new long[stages.size()];
        Arrays.fill(seen, -1);
    }

    /** How often a sign of life is due, by the environment of a service; 0 if nobody wants any. */
    static long intervalNs(Map<String, String> environment, long pid) {
        String timeout = environment.getOrDefault("WATCHDOG_USEC", "");
        String wanted = environment.getOrDefault("WATCHDOG_PID", "");
        boolean isForOther = !wanted.isEmpty() && !wanted.equals(String.valueOf(pid));
        boolean isNumber =
                !timeout.isEmpty() && timeout.length() < 16 && timeout.chars().allMatch(Character::isDigit);
        return isForOther || !isNumber ? 0 : Long.parseLong(timeout) * MICROS_TO_NANOS / SIGNS_PER_TIMEOUT;
    }

    /** Whether all moved; names those that did not, once. */
    boolean allMoved() {
        StringBuilder still = new StringBuilder();
        for (int i = 0; i < seen.length; i++) {
            long now = stages.get(i).cycles().getAsLong();
            if (now == seen[i]) {
                still.append(still.isEmpty() ? "" : ", ").append(stages.get(i).name());
            }
            seen[i] = now;
        }
        boolean moved = still.isEmpty();
        if (moved && stuck) {
            LOG.info("stage_moves: all stages move again");
        } else if (!moved && !stuck) {
            LOG.error("stage_stuck: {} does not move; the service manager will restart the probe if this lasts", still);
        }
        stuck = !moved;
        return moved;
    }
}
