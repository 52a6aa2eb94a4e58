// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.buffer.Bound;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Lends what undoes the coding {@code br}, to bodies that have it. Owned by one worker. */
final class BrotliPool {
    /** Each collects up to 256 KiB. */
    @Bound(
            of = "bodies with the coding br under way, for each worker",
            then = "further ones are taken as they are",
            seen = "fileinfo.state")
    static final int MAX_LENT = 64;
    /** What is kept for the next body. */
    private static final int MAX_IDLE = 8;

    private final ArrayDeque<BrotliLayer> idle = new ArrayDeque<>();
    private int lent;

    /** Null if too many are lent. */
    @Nullable
    BrotliLayer borrow() {
        if (lent == MAX_LENT) {
            return null;
        }
        lent++;
        BrotliLayer layer = idle.pollLast();
        return layer != null ? layer : new BrotliLayer();
    }

    void giveBack(BrotliLayer layer) {
        lent--;
        if (idle.size() < MAX_IDLE) {
            idle.addLast(layer);
        }
    }
}
