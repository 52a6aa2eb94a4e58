// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.KeptBytes;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads the records that one side sends over TCP (RFC 8446, 5.1). */
final class TlsPeer {
    /** Longest handshake message put together from records: certificate chains stay far below it. */
    @Bound(
            of = "a handshake message of TLS, put together",
            then = "the stream is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_HANDSHAKE = 128 * 1024;

    private static final int HANDSHAKE_HEADER = 4;

    private final HandshakeSide side;
    private final KeptBytes pending = new KeptBytes(MAX_HANDSHAKE);
    private final Slice body = new Slice();
    private final Cursor inside = new Cursor();

    /** @param side takes the messages */
    TlsPeer(HandshakeSide side) {
        this.side = side;
    }

    void reset() {
        pending.clear();
    }

    /** Reads one record. */
    Verdict readRecord(Cursor in) {
        if (isVersion2Hello(in)) {
            in.skip(2 + (in.peekU16(0) & 0x7fff));
            return in.verdict();
        }
        int type = in.u8();
        in.require(type >= TlsRecord.CHANGE_CIPHER_SPEC && type <= TlsRecord.HEARTBEAT);
        in.require(in.u8() == TlsVersion.MAJOR || side.hello().isEmpty());
        in.skip(1);
        int length = in.u16();
        in.require(TlsRecord.isPossible(length));
        int record = in.enter(length);
        if (!in.failed()) {
            readContent(type, in);
        }
        in.leave(record);
        return in.verdict();
    }

    /** A client may offer TLS in the form of SSL 2.0 (RFC 5246, E.2), which carries no extensions: it is passed over. */
    private boolean isVersion2Hello(Cursor in) {
        return side.hello().isEmpty()
                && !side.hasSentData()
                && isVersion2Hello(in.peekU16(0), in.remaining() > 2 ? in.peekU8(2) : 0);
    }

    /** The two bytes of length and the message type. */
    static boolean isVersion2Hello(int length, int message) {
        return (length & 0x8000) != 0 && message == HandshakeSide.CLIENT_HELLO;
    }

    private void readContent(int type, Cursor in) {
        switch (type) {
            case TlsRecord.CHANGE_CIPHER_SPEC -> side.onCipherChanged();
            case TlsRecord.HANDSHAKE -> readHandshake(in);
            case TlsRecord.APPLICATION_DATA -> side.onData();
            default -> {}
        }
    }

    /** Messages may share a record or stretch over several; after a change of cipher they are encrypted. */
    private void readHandshake(Cursor in) {
        if (side.hasChangedCipher()) {
            return;
        }
        in.require(pending.add(in.buffer(), in.position(), in.remaining()));
        int done = 0;
        pending.read(inside);
        while (inside.remaining() >= HANDSHAKE_HEADER) {
            int type = inside.u8();
            int length = inside.u24();
            in.require(length <= MAX_HANDSHAKE - HANDSHAKE_HEADER);
            if (length > inside.remaining() || in.failed()) {
                break;
            }
            inside.slice(length, body);
            side.onMessage(type, body);
            done = inside.consumed();
        }
        pending.remove(done);
    }
}
