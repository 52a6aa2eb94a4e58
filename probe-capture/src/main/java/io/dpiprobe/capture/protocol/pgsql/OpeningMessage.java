// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import io.dpiprobe.buffer.Bound;

/** Knows the messages a client may open with, which have no type: length with itself, code, parameters (53.7). */
final class OpeningMessage {
    static final int MAJOR_VERSION = 3;
    static final int CANCEL = 80_877_102;
    static final int SSL = 80_877_103;
    static final int GSS_ENCRYPTION = 80_877_104;
    /** Length and code. */
    static final int HEADER = 8;

    /** What a server takes at most. */
    @Bound(of = "the first message of a client", then = "the stream is not of this protocol", unit = Bound.Unit.BYTES)
    private static final int MAX_LENGTH = 10_000;

    private static final int CANCEL_LENGTH = 16;

    private OpeningMessage() {}

    static boolean isPossible(int length, int code) {
        return switch (code) {
            case SSL, GSS_ENCRYPTION -> length == HEADER;
            case CANCEL -> length >= CANCEL_LENGTH && length <= MAX_LENGTH;
            default -> code >>> 16 == MAJOR_VERSION && length > HEADER && length <= MAX_LENGTH;
        };
    }
}
