// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads the frames of Google's protected versions, which have types and acknowledgements of their own. */
final class GoogleFrames {
    private static final int PADDING = 0;
    private static final int PING = 7;
    private static final int CRYPTO = 8;
    /** The kinds of frames with fields in their type. */
    private static final int KIND_MASK = 0xc0;

    private static final int ACK = 0x40;
    private static final int ACK_HAS_BLOCKS = 0x20;
    private static final int ACK_DELAY = 2;
    private static final int FIRST_TIMESTAMP = 5;
    private static final int LATER_TIMESTAMP = 3;

    private final Slice data = new Slice();

    Verdict read(Cursor in, CryptoStream stream) {
        while (in.hasRemaining()) {
            int type = in.u8();
            if (type == CRYPTO) {
                long offset = VarInt.read(in);
                in.slice(VarInt.readLength(in), data);
                if (!in.failed()) {
                    stream.add(offset, data);
                }
            } else if ((type & KIND_MASK) == ACK) {
                skipAck(in, type);
            } else {
                in.require(type == PADDING || type == PING);
            }
        }
        return in.verdict();
    }

    /** The type tells how long the numbers are; of blocks and times there are 255 at most. */
    private static void skipAck(Cursor in, int type) {
        int length = numberLength(type);
        in.skip(numberLength(type >> 2)); // largest acknowledged
        in.skip(ACK_DELAY);
        int blocks = (type & ACK_HAS_BLOCKS) != 0 ? in.u8() : 0;
        in.skip(length + blocks * (1 + length)); // each later one behind its gap
        int times = in.u8();
        in.skip(times == 0 ? 0 : FIRST_TIMESTAMP + (times - 1) * LATER_TIMESTAMP);
    }

    private static int numberLength(int code) {
        return switch (code & 3) {
            case 0 -> 1;
            case 1 -> 2;
            case 2 -> 4;
            default -> 6;
        };
    }
}
