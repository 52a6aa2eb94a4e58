// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import java.util.Locale;

/**
 * What an answer means for the batch and for the pace.
 *
 * @param kind the row of the table in DESIGN 7.1
 * @param cause a short name for metrics and logs
 * @param retryAfterNs how long Core wants to be left alone, or RetryAfter.NONE
 * @param slowDown whether Core took the batch and wants less
 * @param reply what the body says
 */
public record Outcome(Kind kind, String cause, long retryAfterNs, boolean slowDown, Reply reply) {
    /** The rows. */
    public enum Kind {
        /** Taken, all or in part: the reply says. */
        DELIVERED,
        /** Not taken for now, though the request was fine. */
        NOT_ACCEPTED,
        RATE_LIMITED,
        UNAVAILABLE,
        TOO_LARGE,
        /** Something in the batch is refused for good. */
        POISON,
        MISCONFIGURED,
        CODING_REFUSED;

        /** The name in metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
