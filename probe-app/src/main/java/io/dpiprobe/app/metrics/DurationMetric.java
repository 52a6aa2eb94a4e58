// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.metrics;

import io.dpiprobe.buffer.TimeHistogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.function.Supplier;

/** Shows a histogram of durations as a summary: how many, how long together, and quantiles since the start. */
final class DurationMetric implements Collector {
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999, 1};
    private static final double NS_PER_SECOND = 1e9;

    private final String name;
    private final String help;
    private final Supplier<TimeHistogram.Summary> times;

    DurationMetric(String name, String help, Supplier<TimeHistogram.Summary> times) {
        this.name = name;
        this.help = help;
        this.times = times;
    }

    @Override
    public MetricSnapshot collect() {
        TimeHistogram.Summary summary = times.get();
        Quantile[] quantiles = new Quantile[QUANTILES.length];
        for (int i = 0; i < QUANTILES.length; i++) {
            quantiles[i] = new Quantile(QUANTILES[i], summary.percentileNs(QUANTILES[i]) / NS_PER_SECOND);
        }
        SummaryDataPointSnapshot point = SummaryDataPointSnapshot.builder()
                .labels(Labels.EMPTY)
                .count(summary.count())
                .sum(summary.sumNs() / NS_PER_SECOND)
                .quantiles(Quantiles.of(quantiles))
                .build();
        return SummarySnapshot.builder().name(name).help(help).dataPoint(point).build();
    }
}
