// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;

/** Checks the options of an IPv4 header (RFC 791, 3.1). */
final class Ipv4Options {
    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int RECORD_ROUTE = 7;
    private static final int TIMESTAMP = 68;
    private static final int SECURITY = 130;
    private static final int LOOSE_SOURCE_ROUTE = 131;
    private static final int COMMERCIAL_SECURITY = 134;
    private static final int STREAM_ID = 136;
    private static final int STRICT_SOURCE_ROUTE = 137;
    private static final int ROUTER_ALERT = 148;
    private static final int ADDRESS = 4;

    private Ipv4Options() {}

    /** Marks what is wrong with the options from {@code offset} to {@code end}; the header goes on regardless. */
    static void check(Packet packet, int offset, int end) {
        DirectBuffer bytes = packet.bytes;
        int at = offset;
        while (at < end) {
            int type = Wire.u8(bytes, at);
            if (type == END) {
                return;
            }
            if (type == NO_OPERATION) {
                at++;
                continue;
            }
            int length = at + 1 < end ? Wire.u8(bytes, at + 1) : 0;
            if (length < 2 || at + length > end || !isSound(type, length)) {
                packet.mark(DecodeAnomaly.IPV4_OPT_INVALID_LEN);
                return;
            }
            at += length;
        }
    }

    private static boolean isSound(int type, int length) {
        return switch (type) {
            case RECORD_ROUTE, LOOSE_SOURCE_ROUTE, STRICT_SOURCE_ROUTE ->
                length >= 3 + ADDRESS && (length - 3) % ADDRESS == 0;
            case TIMESTAMP -> length >= 4 + ADDRESS;
            case SECURITY -> length >= 3;
            case COMMERCIAL_SECURITY -> length >= 7;
            case STREAM_ID, ROUTER_ALERT -> length == 4;
            default -> true;
        };
    }
}
