// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import io.dpiprobe.capture.packet.IpProtocol;
import java.time.Duration;

/**
 * Says how long a flow is kept after its last packet, in nanoseconds of packet time.
 *
 * @param freshNs one side has spoken; half-open TCP gets twice as long
 * @param establishedNs both sides have; TCP gets twice as long
 * @param closedNs TCP is closed: late packets still belong to it
 */
public record FlowTimeouts(long freshNs, long establishedNs, long closedNs) {
    private static final long FRESH_NS = Duration.ofSeconds(30).toNanos();
    private static final long CLOSED_NS = Duration.ofSeconds(60).toNanos();

    /** Timeouts around {@code FLOW_TIMEOUT_SECONDS}. */
    public static FlowTimeouts of(Duration idle) {
        long idleNs = idle.toNanos();
        return new FlowTimeouts(Math.min(FRESH_NS, idleNs), idleNs, Math.min(CLOSED_NS, idleNs));
    }

    long of(int protocol, FlowState state) {
        int factor = protocol == IpProtocol.TCP ? 2 : 1;
        return switch (state) {
            case NEW -> factor * freshNs;
            case ESTABLISHED -> factor * establishedNs;
            case CLOSED -> closedNs;
        };
    }
}
