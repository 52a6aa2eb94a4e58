// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import io.dpiprobe.buffer.Bound;
import java.util.ArrayDeque;

/**
 * Lowers the number of flows when the heap is nearly full, so that too many of them, or some that take more than others,
 * cost quiet flows their remaining time and not the process its life. Owned by one worker.
 *
 * <p>What the flows that end have held is used for those that begin; the rest is given to the collector then, not kept.
 * The number is lowered again only when a collection has shown that it was not enough.
 */
public final class HeapRoom {
    @Bound(
            of = "percent of the heap that is in use",
            then = "an eighth of the flows, the quietest of sixteen each time, ends early",
            seen = "limit_reached_total{limit=\"heap\"}")
    static final int FULL_PERCENT = 70;
    /** Below, the number of flows is free again. */
    static final int EASY_PERCENT = 60;
    /** Flows that begin between two looks at the heap: a few megabytes at most. */
    static final int FLOWS_BETWEEN_LOOKS = 256;
    /** So many flows a worker can always follow: with less it would see nothing. */
    static final int LEAST_FLOWS = 1024;

    private static final int CUT = 8;
    /** Of what is kept for later flows, so many pieces are while the heap is nearly full: flows begin and end by turns. */
    private static final int SPARE_PIECES = 256;
    /** What one use of a worker may have of a small heap. */
    private static final int SHARES = 8;

    private final Heap heap;
    private int begun;
    private boolean scarce;
    private int limit = Integer.MAX_VALUE;
    private long collectionsAtCut;

    public HeapRoom(Heap heap) {
        this.heap = heap;
    }

    /** Keeps a piece of memory for a later flow, if there is room for such. */
    public <T> void keep(T piece, ArrayDeque<T> kept) {
        kept.addLast(piece);
        while (scarce && kept.size() > SPARE_PIECES) {
            kept.removeLast();
        }
    }

    /** So many bytes, or an eighth of the heap if that is less. */
    public long share(long bytes) {
        return Math.min(bytes, heap.maxBytes() / SHARES);
    }

    /** Is told that a flow is about to begin beside so many, and says how many there may be. */
    int onFlowBegin(int active) {
        if (++begun % FLOWS_BETWEEN_LOOKS == 0) {
            look(active);
        }
        return limit;
    }

    private void look(int active) {
        long percent = heap.usedBytes() * 100 / heap.maxBytes();
        if (percent < EASY_PERCENT) {
            scarce = false;
            limit = Integer.MAX_VALUE;
        } else if (percent >= FULL_PERCENT && (!scarce || heap.collections() != collectionsAtCut)) {
            scarce = true;
            collectionsAtCut = heap.collections();
            limit = Math.max(LEAST_FLOWS, active - active / CUT);
        }
    }
}
