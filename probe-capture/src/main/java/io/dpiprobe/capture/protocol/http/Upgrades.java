// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.buffer.Bound;
import org.jspecify.annotations.Nullable;

/** Hands what was asked for by an upgrade to HTTP/2 on to who reads the connection from there. One per worker. */
public final class Upgrades {
    /** Connections of a worker between the answer to the upgrade and the next packet: few at a time. */
    @Bound(
            of = "upgrades to HTTP/2 under way, for each worker",
            then = "stream 1 of the oldest begins with the response")
    static final int MAX_UPGRADES = 16;

    private static final long NONE = -1;

    private final @Nullable Upgrade[] waiting = new Upgrade[MAX_UPGRADES];
    private int next;

    void put(long flowId, Transaction request) {
        Upgrade upgrade = waiting[next];
        if (upgrade == null) {
            upgrade = new Upgrade();
            waiting[next] = upgrade;
        }
        next = (next + 1) % MAX_UPGRADES;
        upgrade.begin(flowId, request);
    }

    /** What led to the upgrade of this flow; valid during this call of the dissector. */
    public @Nullable Upgrade take(long flowId) {
        for (Upgrade each : waiting) {
            if (each != null && each.flowId == flowId) {
                each.flowId = NONE;
                return each;
            }
        }
        return null;
    }
}
