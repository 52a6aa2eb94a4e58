// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import io.dpiprobe.buffer.Bound;
import java.util.Arrays;

/** Keeps which bytes behind a hole have come: ranges in order that do not touch. */
final class Ranges {
    /** Segments out of order that are kept apart: more is loss or an attack. */
    @Bound(of = "segments that lie apart, each way", then = "others become holes", seen = "stream_gaps_total")
    static final int MAX = 64;

    /** What streams share that have not seen a segment out of order, as most never do: nothing is added to it. */
    static final Ranges NONE = new Ranges(0);

    private static final int FIRST = 4;

    private long[] start;
    private long[] end;
    private int count;

    private Ranges(int capacity) {
        start = new long[capacity];
        end = new long[capacity];
    }

    void clear() {
        if (count > 0) { // others read NONE at the same time: it is never written
            count = 0;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    long start(int i) {
        return start[i];
    }

    long end(int i) {
        return end[i];
    }

    /** Where the last one ends, or {@code otherwise} if there is none. */
    long endOr(long otherwise) {
        return count > 0 ? end[count - 1] : otherwise;
    }

    /** These and one more, joined with what touches it; one too many becomes a gap if it is not sent again. */
    Ranges with(long from, long to) {
        Ranges all = this == NONE ? new Ranges(FIRST) : this;
        all.add(from, to);
        return all;
    }

    private void add(long from, long to) {
        int first = 0;
        while (first < count && end[first] < from) {
            first++;
        }
        int last = first;
        long low = from;
        long high = to;
        while (last < count && start[last] <= to) {
            low = Math.min(low, start[last]);
            high = Math.max(high, end[last]);
            last++;
        }
        if (last > first) {
            remove(first + 1, last);
        } else if (count < MAX) {
            insert(first);
        } else {
            return;
        }
        start[first] = low;
        end[first] = high;
    }

    private void insert(int at) {
        if (count == start.length) {
            int capacity = 2 * count;
            start = Arrays.copyOf(start, capacity);
            end = Arrays.copyOf(end, capacity);
        }
        System.arraycopy(start, at, start, at + 1, count - at);
        System.arraycopy(end, at, end, at + 1, count - at);
        count++;
    }

    void remove(int from, int to) {
        if (to > from) {
            System.arraycopy(start, to, start, from, count - to);
            System.arraycopy(end, to, end, from, count - to);
            count -= to - from;
        }
    }
}
