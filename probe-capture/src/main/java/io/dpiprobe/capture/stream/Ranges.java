// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import java.util.Arrays;

/** Keeps which bytes behind a hole have come: ranges in order that do not touch. */
final class Ranges {
    /** Segments out of order that are kept apart: more is loss or an attack. */
    static final int MAX = 64;

    private static final long[] NONE = {};
    private static final int FIRST = 4;

    /** Made when the first segment comes out of order, which most connections never see. */
    private long[] start = NONE;

    private long[] end = NONE;
    private int count;

    void clear() {
        count = 0;
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

    /** Adds one, joined with what touches it; one too many becomes a gap if it is not sent again. */
    void add(long from, long to) {
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
            int capacity = Math.max(FIRST, 2 * count);
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
