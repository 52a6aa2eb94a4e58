// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;

/** Checks the options of a TCP header (RFC 9293, 3.2; IANA, "TCP Option Kind Numbers"). */
final class TcpOptions {
    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int MSS = 2;
    private static final int WINDOW_SCALE = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int SACK = 5;
    private static final int TIMESTAMPS = 8;
    /** Two no-operations and timestamps: what most segments of most connections carry (RFC 7323, appendix A). */
    private static final int USUAL = 0x0101080a;

    private static final int USUAL_LENGTH = 12;

    private TcpOptions() {}

    /** Marks what is wrong with the options from {@code offset} to {@code end}; the segment goes on regardless. */
    static void check(Packet packet, int offset, int end) {
        DirectBuffer bytes = packet.bytes;
        if (end - offset == USUAL_LENGTH && Wire.i32(bytes, offset) == USUAL) {
            return;
        }
        int at = offset;
        while (at < end) {
            int kind = Wire.u8(bytes, at);
            if (kind == END) {
                return;
            }
            if (kind == NO_OPERATION) {
                at++;
                continue;
            }
            int length = at + 1 < end ? Wire.u8(bytes, at + 1) : 0;
            if (length < 2 || at + length > end || !isSound(kind, length)) {
                packet.mark(DecodeAnomaly.TCP_OPT_INVALID_LEN);
                return;
            }
            at += length;
        }
    }

    private static boolean isSound(int kind, int length) {
        return switch (kind) {
            case MSS -> length == 4;
            case WINDOW_SCALE -> length == 3;
            case SACK_PERMITTED -> length == 2;
            case SACK -> length >= 10 && length <= 34 && (length - 2) % 8 == 0;
            case TIMESTAMPS -> length == 10;
            default -> true;
        };
    }
}
