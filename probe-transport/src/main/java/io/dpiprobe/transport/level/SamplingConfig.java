// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.level;

import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.SamplingMode;
import java.util.List;

/**
 * Says which share of a lane is kept at which level. Each list has three shares: at WARNING, CRITICAL and OVERLOAD.
 *
 * @param mode how the kept ones are chosen; off if sampling is not enabled
 * @param low shares of LOW, 0 to 1
 * @param normal shares of NORMAL, 0 to 1
 * @param whenDiskAbove share of the disk budget above which events are sampled
 * @param shedding whether LOW is refused at OVERLOAD
 * @param shedWhenDiskAbove share of the disk budget above which it is
 */
public record SamplingConfig(
        SamplingMode mode,
        List<Double> low,
        List<Double> normal,
        double whenDiskAbove,
        boolean shedding,
        double shedWhenDiskAbove) {
    private static final double DISK_SHARE = 0.8;

    public SamplingConfig {
        low = List.copyOf(low);
        normal = List.copyOf(normal);
        assert low.size() == LevelConfig.LIMITS && normal.size() == LevelConfig.LIMITS;
    }

    /** The defaults of the configuration. */
    public static SamplingConfig defaults() {
        return new SamplingConfig(
                SamplingMode.FLOW, List.of(0.8, 0.5, 0.2), List.of(1.0, 0.8, 0.5), DISK_SHARE, true, DISK_SHARE);
    }

    /** The share of a lane at a level, as configured. */
    double share(Lane lane, Level level) {
        if (lane == Lane.HIGH || level == Level.HEALTHY) {
            return 1;
        }
        return (lane == Lane.LOW ? low : normal).get(level.number() - 1);
    }
}
