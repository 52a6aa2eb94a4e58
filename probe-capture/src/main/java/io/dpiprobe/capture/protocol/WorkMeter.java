// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.buffer.Bound;

/**
 * Weighs the bytes of one flow that a dissector was shown in vain against those that it has read, so that no sender can
 * make a parser go over the same bytes for ever.
 *
 * <p>A message that comes in many small pieces is looked at again with each piece. That is cheap until the message is
 * long and the pieces are bytes: then the work grows with the square of the length.
 */
final class WorkMeter {
    /** Bytes that may be shown again in any flow: a message of 128 KiB in segments of 128 bytes. */
    @Bound(
            of = "bytes shown again to a dissector, in any flow",
            then = "the flow is not dissected further",
            seen = "limit_reached_total{limit=\"work\"}",
            unit = Bound.Unit.BYTES)
    static final long ALLOWED_BYTES = 64L * 1024 * 1024;
    /** Bytes that may be shown again for each byte read. */
    @Bound(
            of = "bytes shown again, for each byte read",
            then = "the flow is not dissected further",
            seen = "limit_reached_total{limit=\"work\"}")
    static final int ALLOWED_RATIO = 64;

    private long shownAgain;
    private long read;

    void reset() {
        shownAgain = 0;
        read = 0;
    }

    void onRead(int bytes) {
        read += bytes;
    }

    /** Counts bytes that will have to be shown again; false if that is more than the flow's share. */
    boolean onShownInVain(int bytes) {
        shownAgain += bytes;
        return shownAgain <= ALLOWED_BYTES + ALLOWED_RATIO * read;
    }
}
