// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls detectors and dissectors so that a bug in one costs the flow its dissection and not the worker its life. The one
 * place of a worker that catches what should not be thrown: counted, and each distinct failure logged once.
 */
final class DissectorGuard {
    /** Distinct failures that are logged: a probe with more has been told often enough. */
    @Bound(
            of = "distinct failures of dissectors in the log, for each worker",
            then = "further ones are only counted",
            seen = "dissector_failures_total")
    private static final int MAX_LOGGED = 64;

    private final InspectorStatistics statistics;
    private final Set<String> logged = new HashSet<>();
    private @Nullable Dissector broken;

    DissectorGuard(InspectorStatistics statistics) {
        this.statistics = statistics;
    }

    Verdict detect(Protocol candidate, Direction from, Cursor in) {
        try {
            return candidate.detector().detect(from, in);
        } catch (RuntimeException | StackOverflowError e) {
            failed(candidate.name() + " detector", e);
            return Verdict.INVALID;
        }
    }

    Verdict onData(Dissector dissector, Direction from, Cursor in, Session session) {
        try {
            return dissector.onData(from, in, session);
        } catch (RuntimeException | StackOverflowError e) {
            return failed(dissector, e);
        }
    }

    Verdict onGap(Dissector dissector, Direction from, long bytes, Session session) {
        try {
            return dissector.onGap(from, bytes, session);
        } catch (RuntimeException | StackOverflowError e) {
            return failed(dissector, e);
        }
    }

    void onEnd(Dissector dissector, Session session) {
        try {
            dissector.onEnd(session);
        } catch (RuntimeException | StackOverflowError e) {
            failed(dissector, e);
        }
    }

    /** True if this dissector has failed: what it holds cannot be trusted, so it must not be used again. */
    boolean isBroken(Dissector dissector) {
        return broken == dissector;
    }

    private Verdict failed(Dissector dissector, Throwable failure) {
        broken = dissector;
        failed(dissector.getClass().getSimpleName(), failure);
        return Verdict.INVALID;
    }

    private void failed(String where, Throwable failure) {
        statistics.onFailure();
        StackTraceElement[] trace = failure.getStackTrace();
        String place = where + ": " + failure.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
        if (logged.size() < MAX_LOGGED && logged.add(place)) {
            Logger log =
                    LoggerFactory.getLogger(DissectorGuard.class); // only now: reading a file has no other use for it
            log.error("dissector_failed: {}; the flow is not dissected further, please report this bug", place);
            log.debug("dissector_failed", failure);
        }
    }
}
