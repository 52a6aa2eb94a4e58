// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.tls.IntList;
import java.nio.ByteOrder;

/** Reads the first message of a client that speaks Google's QUIC (the "QUIC Crypto" document): tags and their values. */
final class GoogleHello {
    /** Tags that a message may have. */
    @Bound(of = "tags of a message", then = "the message is invalid")
    private static final int MAX_TAGS = 128;

    private static final int STREAM = 0x80;
    private static final int STREAM_HAS_LENGTH = 0x20;
    private static final int CRYPTO_STREAM = 1;
    private static final int CHLO = 0x43484c4f;
    private static final int SNI = 0x534e4900;
    private static final int USER_AGENT = 0x55414944; // UAID

    final IntList tags = new IntList(MAX_TAGS);
    final Slice serverName = new Slice();
    final Slice userAgent = new Slice();

    /** Reads from the first frame of a packet; it is not OK if that does not begin the message. */
    Verdict read(Cursor in, ByteOrder order) {
        clear();
        int frame = in.u8();
        in.require((frame & STREAM) != 0);
        in.require(readStreamId(in, frame) == CRYPTO_STREAM);
        int offset = frame >> 2 & 7;
        in.skip(offset == 0 ? 0 : offset + 1);
        if ((frame & STREAM_HAS_LENGTH) != 0) {
            in.enter(order == ByteOrder.LITTLE_ENDIAN ? in.u16le() : in.u16());
        }
        in.require(in.i32() == CHLO);
        readMessage(in);
        return in.verdict();
    }

    /** Reads from the beginning of what CRYPTO frames carried; it is not OK if that is not the whole message. */
    Verdict readUnframed(Cursor in) {
        clear();
        in.require(in.i32() == CHLO);
        readMessage(in);
        return in.verdict();
    }

    private void clear() {
        tags.clear();
        serverName.clear();
        userAgent.clear();
    }

    private static int readStreamId(Cursor in, int frame) {
        int id = 0;
        for (int i = frame & 3; i >= 0; i--) {
            id = id << 8 | in.u8();
        }
        return id;
    }

    /** The tags come with the end of their values, which follow in the same order; numbers are little-endian. */
    private void readMessage(Cursor in) {
        int count = in.u16le();
        in.skip(2);
        in.require(count <= MAX_TAGS);
        int table = in.consumed();
        int values = table + 8 * count;
        long start = 0;
        for (int i = 0; i < count && !in.failed(); i++) {
            in.seek(table + 8 * i);
            int tag = in.i32();
            long end = in.u32le();
            in.require(end >= start && end <= 0xffff);
            tags.add(tag, in);
            if (tag == SNI || tag == USER_AGENT) {
                in.seek(values + (int) start);
                in.slice((int) (end - start), tag == SNI ? serverName : userAgent);
            }
            start = end;
        }
        in.seek(values + (int) start);
    }
}
