// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import io.dpiprobe.app.probe.Stage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Says in the words of sd_notify(3) what the probe does: that it is ready, that it moves, that it reads its settings
 * again, that it stops. For any thread.
 */
final class ServiceReport {
    private static final long STATUS_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long DRAIN_CHECK_NS = TimeUnit.SECONDS.toNanos(1);
    /** The time that one more sign of draining buys; longer than any single write takes on a disk that works. */
    private static final long EXTENSION_US = TimeUnit.SECONDS.toMicros(30);

    private final Consumer<String> out;
    private final long watchdogNs;
    private Phase phase = Phase.STARTING;
    private Watchdog watchdog = new Watchdog(List.of());
    private Supplier<String> status = () -> "";
    private LongSupplier remaining = () -> 0;
    private String lastStatus = "";
    private long lastRemaining;
    private long nextWatchdogNs;
    private long nextStatusNs;
    private long nextDrainNs;

    private enum Phase {
        STARTING,
        RUNNING,
        STOPPING
    }

    /** Takes where messages go and how often a sign of life is due, 0: never. */
    ServiceReport(Consumer<String> out, long watchdogNs) {
        this.out = out;
        this.watchdogNs = watchdogNs;
    }

    /** What is done before the probe is ready. */
    synchronized void starting(String text) {
        out.accept("STATUS=" + text);
    }

    /** Packets are captured; whether Core takes events is another matter. */
    synchronized void running(List<Stage> stages, Supplier<String> statusText, long nowNs) {
        phase = Phase.RUNNING;
        watchdog = new Watchdog(stages);
        status = statusText;
        lastStatus = statusText.get();
        out.accept("READY=1\nSTATUS=" + lastStatus);
        nextStatusNs = nowNs + STATUS_NS;
        nextWatchdogNs = nowNs;
    }

    /** Settings are being read again, until {@link #reloaded}. */
    synchronized void reloading(long monotonicUs) {
        out.accept("RELOADING=1\nMONOTONIC_USEC=" + monotonicUs);
    }

    synchronized void reloaded(String result) {
        out.accept("READY=1\nSTATUS=" + result);
        lastStatus = result;
    }

    /** Capture ends; what is left to move to disk, in events, is asked again and again. */
    synchronized void stopping(LongSupplier eventsLeft, long nowNs) {
        phase = Phase.STOPPING;
        remaining = eventsLeft;
        lastRemaining = eventsLeft.getAsLong();
        nextDrainNs = nowNs + DRAIN_CHECK_NS;
        out.accept("STOPPING=1\nSTATUS=stopping: moving " + lastRemaining + " events to disk\nEXTEND_TIMEOUT_USEC="
                + EXTENSION_US);
    }

    /** Says what is due; call it several times a second. */
    synchronized void onTick(long nowNs) {
        if (phase == Phase.RUNNING) {
            signOfLife(nowNs);
            status(nowNs);
        } else if (phase == Phase.STOPPING && nowNs - nextDrainNs >= 0) {
            nextDrainNs = nowNs + DRAIN_CHECK_NS;
            drain();
        }
    }

    private void signOfLife(long nowNs) {
        if (watchdogNs == 0 || nowNs - nextWatchdogNs < 0) {
            return;
        }
        nextWatchdogNs = nowNs + watchdogNs;
        if (watchdog.allMoved()) {
            out.accept("WATCHDOG=1");
        }
    }

    private void status(long nowNs) {
        if (nowNs - nextStatusNs < 0) {
            return;
        }
        nextStatusNs = nowNs + STATUS_NS;
        String text = status.get();
        if (!text.equals(lastStatus)) {
            lastStatus = text;
            out.accept("STATUS=" + text);
        }
    }

    /** More time is asked for only while there is progress. */
    private void drain() {
        long left = remaining.getAsLong();
        if (left != lastRemaining) {
            lastRemaining = left;
            out.accept("EXTEND_TIMEOUT_USEC=" + EXTENSION_US + "\nWATCHDOG=1\nSTATUS=stopping: " + left
                    + " events still in memory");
        }
    }
}
