// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfferTest {
    @TempDir(factory = InMemory.class)
    private Path dir;

    @Test
    void allocatesNothingAlsoWhenMemoryIsFull() throws IOException {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this JVM does not count allocation");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        UnsafeBuffer event = new UnsafeBuffer(new byte[700]);
        try (EventBuffer buffer = EventBuffer.open(SpillChild.config(dir, "0000aaaa"))) {
            EventSink sink = buffer.sink(0);
            offer(sink, event, 50_000);
            long thread = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(thread);
            offer(sink, event, 200_000);
            long allocated = threads.getThreadAllocatedBytes(thread) - before;
            assertThat(allocated).as("bytes allocated by 200,000 offers").isLessThan(4096);
            assertThat(buffer.stats().memory().fullCount()).isPositive();
        }
    }

    private static void offer(EventSink sink, UnsafeBuffer event, int times) {
        for (int i = 0; i < times; i++) {
            sink.offer(Lane.NORMAL, event, 0, event.capacity());
        }
    }

    @Test
    void measuresHowLongItTakes() throws IOException {
        UnsafeBuffer event = new UnsafeBuffer(new byte[700]);
        try (EventBuffer buffer = EventBuffer.open(SpillChild.config(dir, "0000aaaa"))) {
            offer(buffer.sink(0), event, 10_000);
            TimeHistogram.Summary times = buffer.stats().offerTimes();
            assertThat(times.count()).isEqualTo(10_000);
            assertThat(times.percentileNs(0.5)).isPositive().isLessThanOrEqualTo(times.percentileNs(0.999));
            assertThat(times.percentileNs(0.999)).isLessThanOrEqualTo(times.maxNs());
        }
    }

    @Test
    void remembersWhenAnEventWasTakenAndNotWhenOneWasGivenUp() throws IOException {
        try (EventBuffer buffer = EventBuffer.open(SpillChild.config(dir, "0000aaaa"))) {
            UnsafeBuffer tooLong = new UnsafeBuffer(new byte[1 << 20]);
            offer(buffer.sink(0), tooLong, 1);
            assertThat(buffer.stats().highestAcceptedMs()).isZero();
            offer(buffer.sink(0), new UnsafeBuffer(new byte[700]), 1);
            assertThat(buffer.stats().highestAcceptedMs()).isPositive();
        }
    }

    @Test
    void theHistogramIsExactToASixteenth() {
        TimeHistogram histogram = new TimeHistogram();
        for (int ns = 1; ns <= 100_000; ns++) {
            histogram.record(ns);
        }
        TimeHistogram.Summary times = TimeHistogram.summary(List.of(histogram));
        assertThat(times.percentileNs(0.5)).isBetween(50_000L, 50_000L + 50_000 / 16);
        assertThat(times.percentileNs(0.99)).isBetween(99_000L, 100_000L);
        assertThat(times.percentileNs(0.00001)).isEqualTo(1);
        assertThat(times.maxNs()).isEqualTo(100_000);
        assertThat(times.sumNs()).isEqualTo(100_000L * 100_001 / 2);
    }

    @Test
    void theHistogramTakesAnyDuration() {
        TimeHistogram histogram = new TimeHistogram();
        histogram.record(-1);
        histogram.record(Long.MAX_VALUE);
        TimeHistogram.Summary times = TimeHistogram.summary(List.of(histogram));
        assertThat(times.count()).isEqualTo(2);
        assertThat(times.percentileNs(0.5)).isZero();
    }
}
