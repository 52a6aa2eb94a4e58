// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.level;

import io.dpiprobe.buffer.TimeHistogram;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Looks back over a window at counts that only grow. */
final class DeliveryWindow {
    /** Looks taken in a window: the far end of it is exact to a twelfth. */
    private static final int LOOKS = 12;

    private static final double P95 = 0.95;
    private static final double NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final long windowNs;
    private final Deque<Counts> looks = new ArrayDeque<>();

    /**
     * What was counted until a moment.
     *
     * @param accepted events that were to be delivered
     * @param delivered events that Core took
     * @param answers how long answers took
     */
    record Counts(long atNs, long accepted, long delivered, TimeHistogram.Summary answers) {}

    DeliveryWindow(long windowNs) {
        this.windowNs = windowNs;
    }

    /** Remembers this look, if the last one that is remembered is old enough, and forgets those before the window. */
    void add(Counts now) {
        while (looks.size() > 1 && now.atNs() - looks.getFirst().atNs() > windowNs) {
            looks.removeFirst();
        }
        if (looks.isEmpty() || now.atNs() - looks.getLast().atNs() >= windowNs / LOOKS) {
            looks.addLast(now);
        }
    }

    /** Delivered as a share of accepted, over the window; 1 if nothing was accepted. */
    double delivered(Counts now) {
        Counts then = looks.isEmpty() ? now : looks.getFirst();
        long accepted = now.accepted() - then.accepted();
        return accepted <= 0 ? 1 : (double) (now.delivered() - then.delivered()) / accepted;
    }

    double latencyMs(Counts now) {
        Counts then = looks.isEmpty() ? now : looks.getFirst();
        return now.answers().since(then.answers()).percentileNs(P95) / NS_PER_MS;
    }
}
