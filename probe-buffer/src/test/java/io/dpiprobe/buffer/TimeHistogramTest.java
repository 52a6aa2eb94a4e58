// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimeHistogramTest {
    private final TimeHistogram first = new TimeHistogram();
    private final TimeHistogram second = new TimeHistogram();

    @Test
    void countsBetweenBounds() {
        for (long ns : new long[] {5, 10, 11, 900, 2000, 5_000_000}) {
            first.record(ns);
        }
        second.record(11);
        assertThat(summary().countsBetween(new long[] {10, 1000, 1_000_000})).containsExactly(2, 3, 1, 1);
    }

    @Test
    void losesNothingBetweenBounds() {
        for (long ns = 1; ns < 1L << 42; ns = ns * 5 / 4 + 1) {
            first.record(ns);
        }
        long sum = 0;
        for (long count : summary().countsBetween(new long[] {1000, 1_000_000, 1_000_000_000})) {
            sum += count;
        }
        assertThat(sum).isEqualTo(summary().count()).isPositive();
    }

    @Test
    void roundsUpByAtMostASixteenth() {
        long boundNs = 1_000_000;
        first.record(boundNs * 15 / 16);
        first.record(boundNs + 1);
        assertThat(summary().countsBetween(new long[] {boundNs})).containsExactly(1, 1);
    }

    private TimeHistogram.Summary summary() {
        return TimeHistogram.summary(List.of(first, second));
    }
}
