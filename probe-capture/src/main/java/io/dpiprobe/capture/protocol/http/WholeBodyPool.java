// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.buffer.Bound;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Lends what undoes the codings {@code br} and {@code lzma}, to bodies that have one. Owned by one worker. */
final class WholeBodyPool {
    /** Each collects up to 256 KiB. */
    @Bound(
            of = "bodies with the coding br or lzma under way, for each worker",
            then = "further ones are taken as they are",
            seen = "fileinfo.state")
    static final int MAX_LENT = 64;
    /** What is kept for the next body. */
    private static final int MAX_IDLE = 8;

    private final ArrayDeque<WholeBodyLayer> idle = new ArrayDeque<>();
    private int lent;

    /** Null if too many are lent. */
    @Nullable
    WholeBodyLayer borrow() {
        if (lent == MAX_LENT) {
            return null;
        }
        lent++;
        WholeBodyLayer layer = idle.pollLast();
        return layer != null ? layer : new WholeBodyLayer();
    }

    void giveBack(WholeBodyLayer layer) {
        lent--;
        if (idle.size() < MAX_IDLE) {
            idle.addLast(layer);
        }
    }
}
