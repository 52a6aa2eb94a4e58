// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows which fault, if any, the next request meets: the first that is due and not used up. */
final class Faults {
    private final List<Planned> planned = new ArrayList<>();

    private static final class Planned {
        private final Fault fault;
        private final long fromNs;
        private final long untilNs;
        private long requestsLeft;

        Planned(Fault fault, long nowNs) {
            this.fault = fault;
            this.fromNs = nowNs + fault.at().toNanos();
            Duration lasts = fault.lasts();
            this.untilNs = lasts == null ? Long.MAX_VALUE : fromNs + lasts.toNanos();
            this.requestsLeft = fault.requests();
        }
    }

    synchronized void add(Fault fault, long nowNs) {
        planned.add(new Planned(fault, nowNs));
    }

    synchronized void clear() {
        planned.clear();
    }

    /** Counts a request. */
    synchronized @Nullable Fault next(long nowNs) {
        planned.removeIf(p -> nowNs >= p.untilNs || p.requestsLeft == 0);
        for (Planned candidate : planned) {
            if (nowNs >= candidate.fromNs) {
                candidate.requestsLeft--;
                return candidate.fault;
            }
        }
        return null;
    }
}
