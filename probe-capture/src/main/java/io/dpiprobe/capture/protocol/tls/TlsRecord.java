// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.buffer.Bound;

/** Names the content types of records (RFC 8446, B.1) and bounds their length. */
final class TlsRecord {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;
    static final int HEARTBEAT = 24;

    /** Longest record: 2^14 bytes, and 2,048 for protection (RFC 5246, 6.2.3). */
    @Bound(of = "a record", then = "the stream is invalid", seen = "protocol_violations_total", unit = Bound.Unit.BYTES)
    private static final int MAX_LENGTH = (1 << 14) + 2048;

    private TlsRecord() {}

    static boolean isPossible(int length) {
        return length > 0 && length <= MAX_LENGTH;
    }
}
