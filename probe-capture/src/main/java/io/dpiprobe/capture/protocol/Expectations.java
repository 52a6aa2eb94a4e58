// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the connections that flows have announced until they come or it is too late. One per worker.
 *
 * <p>A port has {@link #WAYS} places, so that whoever announces without end pushes out few but its own.
 */
final class Expectations {
    /** How long an announced connection may take to show its first byte: servers give up earlier. */
    @Bound(
            of = "waiting for an announced connection, in packet time",
            then = "it is forgotten",
            unit = Bound.Unit.NANOSECONDS)
    static final long LIFE_NS = 60_000_000_000L;
    /** Sets of places, a power of two: two thousand announcements at once are a busy server's. */
    @Bound(
            of = "sets of places for announced connections, for each worker",
            then = "the oldest of a set is forgotten",
            seen = "limit_reached_total{limit=\"expectations\"}")
    static final int SETS = 256;
    /** Places in a set. */
    @Bound(
            of = "announced connections in a set",
            then = "the oldest of a set is forgotten",
            seen = "limit_reached_total{limit=\"expectations\"}")
    static final int WAYS = 8;

    private final @Nullable Expectation[] places = new Expectation[SETS * WAYS];
    private final InspectorStatistics statistics;
    private long latestDeadlineNs;

    Expectations(InspectorStatistics statistics) {
        this.statistics = statistics;
    }

    /** Notes one more; the oldest of its set makes way if there is no room. */
    Expectation announce(String protocol, Flow parent, Direction listener, int port, long nowNs) {
        latestDeadlineNs = nowNs + LIFE_NS;
        return place(port, nowNs).of(protocol, parent, listener, port, latestDeadlineNs);
    }

    /** The one that this flow fulfils, which is forgotten with that. */
    @Nullable
    Expectation claim(Flow flow, long nowNs) {
        if (nowNs >= latestDeadlineNs) {
            return null;
        }
        int first = firstOf(flow.serverPort());
        for (int i = first; i < first + WAYS; i++) {
            Expectation each = places[i];
            if (each != null && each.isFor(flow, nowNs)) {
                each.forget();
                statistics.onExpectationMet();
                return each;
            }
        }
        return null;
    }

    private Expectation place(int port, long nowNs) {
        int first = firstOf(port);
        Expectation oldest = null;
        for (int i = first; i < first + WAYS; i++) {
            Expectation each = places[i];
            if (each == null) {
                each = new Expectation();
                places[i] = each;
            }
            if (!each.isLive(nowNs)) {
                return each;
            }
            if (oldest == null || each.deadlineNs() < oldest.deadlineNs()) {
                oldest = each;
            }
        }
        assert oldest != null;
        statistics.onExpectationEvicted();
        return oldest;
    }

    private static int firstOf(int port) {
        return (port & (SETS - 1)) * WAYS;
    }
}
