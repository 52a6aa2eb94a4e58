// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads the frames that an Initial packet may have (RFC 9000, 12.4 and 19) and hands on what CRYPTO frames carry. */
final class InitialFrames {
    private static final int PADDING = 0;
    private static final int PING = 1;
    private static final int ACK = 2;
    private static final int ACK_WITH_ECN = 3;
    private static final int CRYPTO = 6;
    private static final int CONNECTION_CLOSE = 0x1c;
    private static final int ECN_COUNTS = 3;

    private final Slice data = new Slice();

    Verdict read(Cursor in, CryptoStream stream) {
        while (in.hasRemaining()) {
            int type = in.u8();
            switch (type) {
                case PADDING, PING -> {}
                case ACK, ACK_WITH_ECN -> skipAck(in, type);
                case CRYPTO -> readCrypto(in, stream);
                case CONNECTION_CLOSE -> skipClose(in);
                default -> in.require(false);
            }
        }
        return in.verdict();
    }

    /** RFC 9000, 19.6. */
    private void readCrypto(Cursor in, CryptoStream stream) {
        long offset = VarInt.read(in);
        in.slice(VarInt.readLength(in), data);
        if (!in.failed()) {
            stream.add(offset, data);
        }
    }

    /** RFC 9000, 19.3: a range takes two bytes at least, which bounds their number. */
    private static void skipAck(Cursor in, int type) {
        VarInt.read(in); // largest acknowledged
        VarInt.read(in); // ACK delay
        long ranges = VarInt.read(in);
        in.require(ranges <= in.remaining());
        VarInt.read(in); // first range
        long numbers = 2 * ranges + (type == ACK_WITH_ECN ? ECN_COUNTS : 0);
        for (long i = 0; i < numbers && !in.failed(); i++) {
            VarInt.read(in);
        }
    }

    /** RFC 9000, 19.19. */
    private static void skipClose(Cursor in) {
        VarInt.read(in); // error code
        VarInt.read(in); // frame type
        in.skip(VarInt.readLength(in));
    }
}
