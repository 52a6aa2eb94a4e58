// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.memory;

import org.jspecify.annotations.Nullable;

/** Keeps segments in order, linked through themselves, so that moving one allocates nothing. */
final class SegmentList {
    private @Nullable Segment first;
    private @Nullable Segment last;
    private int size;
    private long events;
    private long bytes;

    void addFirst(Segment segment) {
        segment.next = first;
        first = segment;
        if (last == null) {
            last = segment;
        }
        count(segment, 1);
    }

    void addLast(Segment segment) {
        segment.next = null;
        if (last == null) {
            first = segment;
        } else {
            last.next = segment;
        }
        last = segment;
        count(segment, 1);
    }

    @Nullable
    Segment removeFirst() {
        Segment taken = first;
        if (taken == null) {
            return null;
        }
        first = taken.next;
        if (first == null) {
            last = null;
        }
        taken.next = null;
        count(taken, -1);
        return taken;
    }

    @Nullable
    Segment first() {
        return first;
    }

    int size() {
        return size;
    }

    long events() {
        return events;
    }

    /** Bytes of events, not of the segments that hold them. */
    long bytes() {
        return bytes;
    }

    private void count(Segment segment, int sign) {
        size += sign;
        events += (long) sign * segment.count();
        bytes += (long) sign * segment.length();
    }
}
