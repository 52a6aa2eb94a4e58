// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.buffer.Bound;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Lends what computes digests to files that are under way. Owned by one worker. */
public final class DigestPool {
    /** Files hashed at the same time; further ones are followed without digests. Each takes about a kilobyte. */
    @Bound(of = "files hashed at the same time, for each worker", then = "further ones have no digests")
    static final int MAX_LENT = 64 * 1024;

    private final ArrayDeque<Digests> idle = new ArrayDeque<>();
    private int lent;

    /** Digests of nothing yet; null if too many are lent. */
    @Nullable
    public Digests borrow() {
        if (lent == MAX_LENT) {
            return null;
        }
        lent++;
        Digests digests = idle.pollLast();
        return digests != null ? digests : new Digests();
    }

    /** Takes back what was lent. */
    public void giveBack(Digests digests) {
        lent--;
        digests.reset();
        idle.addLast(digests);
    }
}
