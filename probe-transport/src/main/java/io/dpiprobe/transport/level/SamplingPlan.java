// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.level;

import io.dpiprobe.buffer.Admission;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.SamplingMode;

/** Decides from the level and the disk which share of each lane is kept. */
public final class SamplingPlan {
    /** Sampling and shedding end when the disk is emptier by this than where they began, so that they do not flicker. */
    private static final double HYSTERESIS = 0.1;

    private final SamplingConfig config;
    private boolean samples;
    private boolean sheds;

    public SamplingPlan(SamplingConfig config) {
        this.config = config;
    }

    /**
     * Sets the shares of all lanes.
     *
     * @param disk share of the disk budget that is taken; 1 if the disk takes nothing
     * @param depth share of all room that is taken, for the mode that uses it
     */
    public void apply(Level level, double disk, double depth, Admission admission) {
        samples = disk >= config.whenDiskAbove() - (samples ? HYSTERESIS : 0);
        boolean full = disk >= config.shedWhenDiskAbove() - (sheds ? HYSTERESIS : 0);
        sheds = config.shedding() && level == Level.OVERLOAD && full;
        admission.share(Lane.NORMAL, share(Lane.NORMAL, level, depth));
        admission.share(Lane.LOW, sheds ? Admission.NONE : share(Lane.LOW, level, depth));
    }

    private int share(Lane lane, Level level, double depth) {
        double share = config.share(lane, level);
        if (!samples || share == 1 || config.mode() == SamplingMode.OFF) {
            return Admission.ALL;
        }
        double kept = config.mode() == SamplingMode.PROBABILISTIC ? 1 - depth * depth : share;
        return (int) Math.max(1, Math.round(kept * Admission.ALL)); // none at all is shedding, which is decided above
    }
}
