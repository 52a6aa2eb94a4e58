// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import io.dpiprobe.buffer.Bound;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts exceptions that reach the top of a thread, and logs each distinct one once. */
final class Faults implements ErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    /** Distinct ones remembered; more would mean that something else is wrong. */
    @Bound(of = "distinct exceptions in the log", then = "further ones are only counted", seen = "faults_total")
    private static final int MAX_DISTINCT = 1000;

    private final AtomicLong count = new AtomicLong();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @Override
    public void onError(Throwable fault) {
        LastResort.consider(fault);
        count.incrementAndGet();
        StackTraceElement[] trace = fault.getStackTrace();
        String place = fault.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
        if (seen.size() < MAX_DISTINCT && seen.add(place)) {
            LOG.error("fault: {} (logged once, counted each time)", place, fault);
        }
    }

    long count() {
        return count.get();
    }
}
