// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.metrics;

import io.dpiprobe.buffer.TimeHistogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.Supplier;

/** Shows recorded durations as a histogram in seconds. */
final class DurationMetric implements Collector {
    private static final double NS_PER_SECOND = 1e9;

    /** Upper ends of the buckets, three to a decade and where alerts and levels draw a line. */
    enum Scale {
        /** A copy of a few hundred bytes, up to a pause of the machine. */
        OFFER(200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000, 10_000_000, 100_000_000),
        /** A request on a good network, up to the default REQUEST_TIMEOUT_MS. */
        REQUEST(
                ms(1),
                ms(2),
                ms(5),
                ms(10),
                ms(25),
                ms(50),
                ms(100),
                ms(250),
                ms(500),
                ms(1000),
                ms(2500),
                ms(5000),
                ms(10_000),
                ms(30_000)),
        /** From the linger to a backlog of hours. */
        DELIVERY(
                ms(50),
                ms(100),
                ms(200),
                ms(500),
                ms(1000),
                ms(2500),
                ms(5000),
                ms(10_000),
                ms(30_000),
                ms(60_000),
                ms(300_000),
                ms(900_000));

        @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
        private final long[] boundsNs;

        Scale(long... boundsNs) {
            this.boundsNs = boundsNs;
        }

        private static long ms(long ms) {
            return ms * 1_000_000;
        }

        /** The upper ends in seconds, and infinity. */
        private double[] upperEnds() {
            double[] ends = new double[boundsNs.length + 1];
            for (int i = 0; i < boundsNs.length; i++) {
                ends[i] = boundsNs[i] / NS_PER_SECOND;
            }
            ends[boundsNs.length] = Double.POSITIVE_INFINITY;
            return ends;
        }
    }

    private final String name;
    private final String help;
    private final Scale scale;
    private final Supplier<TimeHistogram.Summary> times;

    DurationMetric(String name, String help, Scale scale, Supplier<TimeHistogram.Summary> times) {
        this.name = name;
        this.help = help;
        this.scale = scale;
        this.times = times;
    }

    @Override
    public MetricSnapshot collect() {
        TimeHistogram.Summary summary = times.get();
        double[] ends = scale.upperEnds();
        Number[] counts = new Number[ends.length];
        long[] between = summary.countsBetween(scale.boundsNs);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = between[i];
        }
        HistogramDataPointSnapshot point = HistogramDataPointSnapshot.builder()
                .labels(Labels.EMPTY)
                .classicHistogramBuckets(ClassicHistogramBuckets.of(ends, counts))
                .sum(summary.sumNs() / NS_PER_SECOND)
                .build();
        return HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point)
                .build();
    }
}
