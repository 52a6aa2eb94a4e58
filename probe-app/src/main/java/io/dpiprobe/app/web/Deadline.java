// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Frees a thread from a client that does not send its request or does not read its answer: an interrupt closes its connection. */
final class Deadline implements AutoCloseable {
    private static final long SECONDS = 10;
    private static final ThreadLocal<Deadline> CURRENT = new ThreadLocal<>();

    private final ScheduledExecutorService timer;
    private final Thread thread = Thread.currentThread();
    private @Nullable ScheduledFuture<?> pending;
    private boolean closed;

    private Deadline(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Does the work of one connection. */
    static void guard(ScheduledExecutorService timer, Runnable work) {
        try (Deadline deadline = new Deadline(timer)) {
            CURRENT.set(deadline);
            deadline.extend();
            work.run();
        } finally {
            CURRENT.remove();
        }
    }

    /** That of the current thread. */
    static Deadline current() {
        return CURRENT.get();
    }

    /** The client lives: the time begins anew. */
    synchronized void extend() {
        if (pending != null) {
            pending.cancel(false);
        }
        pending = timer.schedule(this::expire, SECONDS, TimeUnit.SECONDS);
    }

    private synchronized void expire() {
        if (!closed) {
            thread.interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (pending != null) {
            pending.cancel(false);
        }
        Thread.interrupted(); // may have come after the last write
    }
}
