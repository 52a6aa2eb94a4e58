// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.protocol.Cursor;

/**
 * Reads the headers of Google's QUIC, before there was a standard: up to Q043 a byte of flags, the connection id, the
 * version and the packet number; from Q044 on a long header, whose lengths of connection ids share a byte.
 */
final class PublicHeader {
    private static final int VERSION_FLAG = 0x01;
    private static final int RESET_FLAG = 0x02;
    private static final int CONNECTION_ID_FLAG = 0x08;
    private static final int CONNECTION_ID_LENGTH = 8;
    /** Behind the packet number: what stands in for a digest while there are no keys. */
    private static final int MESSAGE_HASH = 12;

    private PublicHeader() {}

    /** Fails the cursor unless a client says its version here. */
    static void detect(Cursor in) {
        in.require(QuicVersion.isGoogle(readVersion(in)));
    }

    /** The version in front of which there are flags and a connection id; 0 if the packet has none. */
    static int readVersion(Cursor in) {
        int flags = in.u8();
        if ((flags & VERSION_FLAG) == 0 || (flags & CONNECTION_ID_FLAG) == 0 || (flags & RESET_FLAG) != 0) {
            return 0;
        }
        in.skip(CONNECTION_ID_LENGTH);
        return in.i32();
    }

    /** Moves to the frames of a packet with flags, from behind the version. */
    static void skipNumber(int flags, Cursor in) {
        int code = flags >> 4 & 3;
        in.skip(code == 0 ? 1 : 2 * code);
        in.skip(MESSAGE_HASH);
    }

    /** Moves to the frames of a packet with a long header, from behind the version. */
    static void skipIds(int first, Cursor in) {
        int lengths = in.u8();
        in.skip(idLength(lengths >> 4));
        in.skip(idLength(lengths & 15));
        in.skip((first & 3) + 1); // packet number
        in.skip(MESSAGE_HASH);
    }

    private static int idLength(int code) {
        return code == 0 ? 0 : code + 3;
    }
}
