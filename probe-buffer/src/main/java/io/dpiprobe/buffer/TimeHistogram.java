// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets of at most 1/16 relative width, without allocation.
 *
 * <p>One thread records; any thread reads. Below 16 ns a bucket is one nanosecond wide; above, each power of two has 16.
 */
public final class TimeHistogram {
    private static final int SUB_BITS = 4;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    /** Up to 2^40 ns, 18 minutes; longer ones count as that. */
    private static final int MAX_BITS = 40;

    private static final int BUCKETS = (MAX_BITS - SUB_BITS + 1) * SUB_BUCKETS;

    private static final int MAX = BUCKETS;
    private static final int SUM = BUCKETS + 1;

    private final AtomicLongArray cells = new AtomicLongArray(BUCKETS + 2);

    /** Counts one duration in nanoseconds. */
    public void record(long durationNs) {
        long duration = Math.max(0, durationNs);
        add(bucketOf(duration), 1);
        add(SUM, duration);
        if (duration > cells.getPlain(MAX)) {
            cells.setRelease(MAX, duration);
        }
    }

    /** Copies the state and adds that of others, to be read at leisure. */
    public static Summary summary(Iterable<TimeHistogram> histograms) {
        long[] merged = new long[BUCKETS];
        long max = 0;
        long sum = 0;
        for (TimeHistogram histogram : histograms) {
            for (int i = 0; i < BUCKETS; i++) {
                merged[i] += histogram.cells.getAcquire(i);
            }
            max = Math.max(max, histogram.cells.getAcquire(MAX));
            sum += histogram.cells.getAcquire(SUM);
        }
        return new Summary(merged, max, sum);
    }

    /** Only the recording thread writes, so there is nothing to lose between the read and the write. */
    private void add(int cell, long amount) {
        cells.setRelease(cell, cells.getPlain(cell) + amount);
    }

    private static int bucketOf(long ns) {
        if (ns < SUB_BUCKETS) {
            return (int) ns;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(ns);
        if (exponent >= MAX_BITS) {
            return BUCKETS - 1;
        }
        int sub = (int) (ns >>> (exponent - SUB_BITS)) & (SUB_BUCKETS - 1);
        return (exponent - SUB_BITS + 1) * SUB_BUCKETS + sub;
    }

    private static long upperBoundNs(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        int shift = bucket / SUB_BUCKETS - 1;
        return ((long) (bucket % SUB_BUCKETS + SUB_BUCKETS + 1) << shift) - 1;
    }

    /** Answers questions about recorded durations. */
    public static final class Summary {
        private final long[] counts;
        private final long total;
        private final long maxNs;
        private final long sumNs;

        private Summary(long[] counts, long maxNs, long sumNs) {
            this.counts = counts;
            this.maxNs = maxNs;
            this.sumNs = sumNs;
            long all = 0;
            for (long count : counts) {
                all += count;
            }
            this.total = all;
        }

        /** What was recorded after an earlier summary of the same histograms; its maximum is that of all times. */
        public Summary since(Summary earlier) {
            long[] counted = new long[counts.length];
            for (int i = 0; i < counts.length; i++) {
                counted[i] = counts[i] - earlier.counts[i];
            }
            return new Summary(counted, maxNs, sumNs - earlier.sumNs);
        }

        /** How many durations were recorded. */
        public long count() {
            return total;
        }

        /** The longest, in nanoseconds. */
        public long maxNs() {
            return maxNs;
        }

        /** All together, in nanoseconds. */
        public long sumNs() {
            return sumNs;
        }

        /**
         * How many durations lie between consecutive bounds: up to the first, beyond it up to the second, and so on, and
         * last those beyond all. A duration counts as rounded up by at most 1/16.
         *
         * @param boundsNs ascending, in nanoseconds
         */
        public long[] countsBetween(long[] boundsNs) {
            long[] between = new long[boundsNs.length + 1];
            int bound = 0;
            for (int i = 0; i < counts.length; i++) {
                while (bound < boundsNs.length && upperBoundNs(i) > boundsNs[bound]) {
                    bound++;
                }
                between[bound] += counts[i];
            }
            return between;
        }

        /** The duration in nanoseconds that this share (0 to 1) of all did not exceed, rounded up by at most 1/16. */
        public long percentileNs(double share) {
            long wanted = (long) Math.ceil(share * total);
            long seen = 0;
            for (int i = 0; i < counts.length; i++) {
                seen += counts[i];
                if (seen >= wanted && seen > 0) {
                    return Math.min(upperBoundNs(i), maxNs);
                }
            }
            return 0;
        }
    }
}
