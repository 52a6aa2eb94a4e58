// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a 2xx says.
 *
 * @param status OK, DUPLICATE, PARTIAL, BACKPRESSURE, or what else Core calls it
 * @param ackedThrough last sequence number that Core has taken, null if it did not say
 * @param rejected sequence numbers that Core refuses, with its reasons
 * @param retryAfterMs 0 if Core did not say
 */
public record Reply(String status, @Nullable Long ackedThrough, Map<Long, String> rejected, long retryAfterMs) {
    /** An empty body, or one that is none of ours. */
    public static final Reply EMPTY = new Reply("", null, Map.of(), 0);

    public boolean isBackpressure() {
        return status.equals("BACKPRESSURE");
    }
}
