// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;

/** Reads the headers of GRE (RFC 2784, 2890) and of its enhanced form in PPTP (RFC 2637, 4.1). */
final class Gre {
    private static final int BASE_HEADER = 4;
    private static final int CHECKSUM = 0x8000;
    private static final int ROUTING = 0x4000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int ACKNOWLEDGMENT = 0x0080;
    private static final int VERSION = 0x0007;
    private static final int PPTP_PPP = 0x880b;

    private Gre() {}

    /** What follows the header at {@code offset}; {@code captured} bytes are there. */
    static long decode(Packet packet, int offset, int captured) {
        if (captured < BASE_HEADER) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        DirectBuffer bytes = packet.bytes;
        int flags = Wire.u16(bytes, offset);
        int type = Wire.u16(bytes, offset + 2);
        int header = length(flags);
        if ((flags & VERSION) > 1) {
            packet.mark(DecodeAnomaly.GRE_WRONG_VERSION);
            return Layer.failed(Undecodable.BAD_TRANSPORT_HEADER);
        }
        if ((flags & ROUTING) != 0) {
            return Layer.failed(Undecodable.BAD_TRANSPORT_HEADER);
        }
        if (captured < header) {
            return Layer.failed(Undecodable.TRUNCATED);
        }
        if (type == EtherType.ERSPAN && (flags & SEQUENCE) == 0) {
            return Layer.of(EtherType.ETHERNET, offset + header); // ERSPAN type I has no header of its own
        }
        return Layer.of(type == PPTP_PPP ? EtherType.PPP : type, offset + header);
    }

    private static int length(int flags) {
        boolean enhanced = (flags & VERSION) == 1;
        int length = BASE_HEADER;
        length += !enhanced && (flags & CHECKSUM) != 0 ? 4 : 0;
        length += (flags & KEY) != 0 ? 4 : 0;
        length += (flags & SEQUENCE) != 0 ? 4 : 0;
        return length + (enhanced && (flags & ACKNOWLEDGMENT) != 0 ? 4 : 0);
    }
}
