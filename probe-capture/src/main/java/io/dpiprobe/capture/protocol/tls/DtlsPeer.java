// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ScatteredBytes;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads the records that one side sends in datagrams (RFC 6347, 4; RFC 9147, 4 and 5). */
final class DtlsPeer {
    /** The first byte of every version in a record: the one's complement of 1. */
    static final int MAJOR = 0xfe;

    /** Longest handshake message put together from fragments. */
    @Bound(of = "a handshake message of DTLS, put together", then = "it is not kept", unit = Bound.Unit.BYTES)
    private static final int MAX_HANDSHAKE = 32 * 1024;
    /** The first three bits of a protected record of DTLS 1.3 (RFC 9147, 4). */
    private static final int UNIFIED_MASK = 0xe0;

    private static final int UNIFIED = 0x20;
    private static final int NO_MESSAGE = -1;

    private final HandshakeSide side;
    private final ScatteredBytes fragments = new ScatteredBytes(MAX_HANDSHAKE);
    private final Slice body = new Slice();
    private int messageSeq = NO_MESSAGE;

    /** @param side takes the messages */
    DtlsPeer(HandshakeSide side) {
        this.side = side;
    }

    void reset() {
        fragments.clear();
        messageSeq = NO_MESSAGE;
    }

    /** Reads the records of a datagram. */
    Verdict read(Cursor in) {
        while (in.hasRemaining()) {
            if ((in.peekU8(0) & UNIFIED_MASK) == UNIFIED) {
                side.onData();
                return Verdict.OK;
            }
            readRecord(in);
        }
        return in.verdict();
    }

    private void readRecord(Cursor in) {
        int type = in.u8();
        in.require(in.u8() == MAJOR);
        in.skip(1);
        int epoch = in.u16();
        in.skip(6); // sequence_number
        int record = in.enter(in.u16());
        if (epoch > 0 || type == TlsRecord.APPLICATION_DATA) {
            side.onData();
        } else if (type == TlsRecord.CHANGE_CIPHER_SPEC) {
            side.onCipherChanged();
        } else if (type == TlsRecord.HANDSHAKE) {
            while (in.hasRemaining()) {
                readFragment(in);
            }
        }
        in.leave(record);
    }

    /** RFC 6347, 4.2.2: a message may come in fragments, in any order. */
    private void readFragment(Cursor in) {
        int type = in.u8();
        int length = in.u24();
        int seq = in.u16();
        int offset = in.u24();
        in.slice(in.u24(), body);
        in.require(offset + body.length() <= length);
        if (in.failed()) {
            return;
        }
        if (seq != messageSeq) {
            fragments.clear();
            messageSeq = seq;
        }
        if (body.length() < length) {
            fragments.add(offset, body);
            if (fragments.available() < length) {
                return;
            }
            fragments.slice(0, length, body);
        }
        side.onMessage(type, body);
    }
}
