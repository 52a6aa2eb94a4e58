// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import io.dpiprobe.buffer.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the calls of a flow that are not answered yet, within bounds. */
public final class PendingCalls<C extends PendingCall> {
    /** Calls under way at once: what clients allow themselves by default. A later one takes the oldest's place. */
    @Bound(of = "calls of a flow that wait", then = "the oldest waits no longer")
    public static final int MAX_PENDING = 128;

    private final Supplier<C> make;
    private final List<C> calls = new ArrayList<>();
    private int next;

    /** @param make makes the place for one call, which is used again */
    public PendingCalls(Supplier<C> make) {
        this.make = make;
    }

    /** The place for another call: the oldest, which may still wait, once there are enough. */
    public C add() {
        if (next == calls.size()) {
            calls.add(make.get());
        }
        C call = calls.get(next);
        next = (next + 1) % MAX_PENDING;
        return call;
    }

    /** The latest call with this number, if it is not answered. */
    public @Nullable C find(int xid) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            C call = get(i);
            if (call.isPending() && call.xid() == xid) {
                return call;
            }
        }
        return null;
    }

    /** Places there are, in use or not. */
    public int size() {
        return calls.size();
    }

    /** One of them, from 0, the oldest. */
    public C get(int index) {
        return calls.get((next + index) % calls.size());
    }

    /** Nothing waits any more. */
    public void clear() {
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).end();
        }
        next = 0;
    }
}
