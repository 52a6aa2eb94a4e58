// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Turns SIGTERM and Ctrl-C into an orderly end: the process lives until the command is done, then ends with its code. */
final class StopSignal {
    private static final long CHECK_INTERVAL_MS = 20;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile int code;

    private StopSignal() {}

    static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::onShutdown, "stop-signal"));
        return signal;
    }

    /** Waits until a signal came or the condition holds. */
    void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean() && !requested.await(CHECK_INTERVAL_MS, TimeUnit.MILLISECONDS)) {}
    }

    /** Waits a moment, and says whether a signal has come. */
    boolean isRequested() throws InterruptedException {
        return requested.await(CHECK_INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    /** The command has ended with this exit code. */
    void done(int exitCode) {
        code = exitCode;
        done.countDown();
    }

    /** The JVM is on its way out, be it by a signal or because the command has ended. */
    private void onShutdown() {
        requested.countDown();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }
}
