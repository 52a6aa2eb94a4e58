// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.KeptBytes;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads the records that one side sends (RFC 8446, 5.1) and keeps what its handshake messages say. */
final class TlsPeer {
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;

    /** Longest handshake message put together from records: certificate chains stay far below it. */
    static final int MAX_HANDSHAKE = 128 * 1024;
    /** Longest hello kept, and longest certificate. */
    private static final int MAX_KEPT = 32 * 1024;

    private static final int HANDSHAKE_HEADER = 4;
    private static final int CERTIFICATE = 11;
    private static final int SERVER_HELLO_DONE = 14;

    private final KeptBytes pending = new KeptBytes(MAX_HANDSHAKE);
    private final KeptBytes hello = new KeptBytes(MAX_KEPT);
    private final KeptBytes certificate = new KeptBytes(MAX_KEPT);
    private final Slice body = new Slice();
    private final Cursor inside = new Cursor();
    private final Cursor list = new Cursor();

    private boolean cipherChanged;
    private boolean helloDone;
    private boolean dataSeen;

    void reset() {
        pending.clear();
        hello.clear();
        certificate.clear();
        cipherChanged = false;
        helloDone = false;
        dataSeen = false;
    }

    /** The body of the first hello; empty if none was seen. */
    KeptBytes hello() {
        return hello;
    }

    /** The side's own certificate in DER; empty if none was seen. */
    KeptBytes certificate() {
        return certificate;
    }

    /** True once the side says that it encrypts what follows. */
    boolean hasChangedCipher() {
        return cipherChanged;
    }

    /** True once a server has said all that it says in clear (up to TLS 1.2). */
    boolean isHelloDone() {
        return helloDone;
    }

    /** True once the side has sent protected data. */
    boolean hasSentData() {
        return dataSeen;
    }

    /** Reads one record. */
    Verdict readRecord(Cursor in) {
        if (isVersion2Hello(in)) {
            in.skip(2 + (in.peekU16(0) & 0x7fff));
            return in.verdict();
        }
        int type = in.u8();
        in.require(type >= TlsRecord.CHANGE_CIPHER_SPEC && type <= TlsRecord.HEARTBEAT);
        in.require(in.u8() == TlsVersion.MAJOR || hello.isEmpty());
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
        return hello.isEmpty() && !dataSeen && isVersion2Hello(in.peekU16(0), in.remaining() > 2 ? in.peekU8(2) : 0);
    }

    /** The two bytes of length and the message type. */
    static boolean isVersion2Hello(int length, int message) {
        return (length & 0x8000) != 0 && message == CLIENT_HELLO;
    }

    private void readContent(int type, Cursor in) {
        switch (type) {
            case TlsRecord.CHANGE_CIPHER_SPEC -> cipherChanged = true;
            case TlsRecord.HANDSHAKE -> readHandshake(in);
            case TlsRecord.APPLICATION_DATA -> dataSeen = true;
            default -> {}
        }
    }

    /** Messages may share a record or stretch over several; after a change of cipher they are encrypted. */
    private void readHandshake(Cursor in) {
        if (cipherChanged) {
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
            readMessage(type);
            done = inside.consumed();
        }
        pending.remove(done);
    }

    private void readMessage(int type) {
        switch (type) {
            case CLIENT_HELLO, SERVER_HELLO -> {
                if (hello.isEmpty()) {
                    hello.set(body);
                }
            }
            case CERTIFICATE -> keepCertificate();
            case SERVER_HELLO_DONE -> helloDone = true;
            default -> {}
        }
    }

    /** RFC 5246, 7.4.2: the sender's own certificate is the first. */
    private void keepCertificate() {
        list.wrap(body);
        list.skip(3); // length of the list
        list.slice(list.u24(), body);
        if (!list.failed()) {
            certificate.set(body);
        }
    }
}
