// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.buffer.Bound;
import org.jspecify.annotations.Nullable;

/** Keeps the calls of a flow that are not answered yet, within bounds. */
final class Calls {
    /** Calls under way at once: what clients allow themselves by default. A later one takes the oldest's place. */
    @Bound(of = "calls of a flow that wait", then = "the oldest is forgotten")
    static final int MAX_PENDING = 128;

    private final @Nullable Call[] calls = new Call[MAX_PENDING];
    private int next;

    /** The place for another call. */
    Call add() {
        Call call = calls[next];
        if (call == null) {
            call = new Call();
            calls[next] = call;
        }
        next = (next + 1) % MAX_PENDING;
        return call;
    }

    /** The latest call with this number, if it is not answered. */
    @Nullable
    Call find(int xid) {
        for (int i = 1; i <= MAX_PENDING; i++) {
            Call call = calls[(next - i + MAX_PENDING) % MAX_PENDING];
            if (call == null) {
                return null;
            }
            if (call.pending && call.xid == xid) {
                return call;
            }
        }
        return null;
    }

    void clear() {
        for (Call call : calls) {
            if (call != null) {
                call.pending = false;
            }
        }
        next = 0;
    }
}
