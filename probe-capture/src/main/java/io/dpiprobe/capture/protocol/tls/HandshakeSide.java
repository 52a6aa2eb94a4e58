// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.KeptBytes;

/** Keeps what the handshake messages of one side say in clear, over TLS or DTLS. */
final class HandshakeSide {
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int CERTIFICATE = 11;

    /** Longest hello kept, and longest certificate. */
    @Bound(of = "a hello or a certificate that is kept", then = "it is not kept", unit = Bound.Unit.BYTES)
    private static final int MAX_KEPT = 32 * 1024;

    private static final int CERTIFICATE_REQUEST = 13;
    private static final int SERVER_HELLO_DONE = 14;
    private static final int CLIENT_KEY_EXCHANGE = 16;

    private final KeptBytes hello = new KeptBytes(MAX_KEPT);
    private final KeptBytes certificate = new KeptBytes(MAX_KEPT);
    private final Cursor list = new Cursor();
    private final Slice first = new Slice();

    private boolean cipherChanged;
    private boolean certificateRequested;
    private boolean helloDone;
    private boolean keyExchanged;
    private boolean dataSeen;
    private boolean lost;
    private boolean invalid;

    /**
     * True once neither side will say more in clear: up to TLS 1.2 a full handshake ends in clear, with the client's
     * certificate if it has to show one; a short one, and TLS 1.3, when both sides send data. Of a side that is lost
     * nothing more is expected, and of a client behind its hello neither if its server is.
     */
    static boolean haveSaidAll(HandshakeSide client, HandshakeSide server) {
        boolean clientToo = !server.certificateRequested || client.keyExchanged || client.lost;
        return (server.helloDone && clientToo)
                || ((client.dataSeen || client.lost) && server.dataSeen)
                || (server.lost && !client.hello.isEmpty());
    }

    void reset() {
        hello.clear();
        certificate.clear();
        cipherChanged = false;
        certificateRequested = false;
        helloDone = false;
        keyExchanged = false;
        dataSeen = false;
        lost = false;
        invalid = false;
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

    /** True once the side has sent protected data. */
    boolean hasSentData() {
        return dataSeen;
    }

    /** True if nothing more of this side can be read. */
    boolean isLost() {
        return lost;
    }

    /** True if that is because it sent what is no TLS. */
    boolean isInvalid() {
        return invalid;
    }

    void onLost() {
        lost = true;
    }

    void onInvalid() {
        lost = true;
        invalid = true;
    }

    void onCipherChanged() {
        cipherChanged = true;
    }

    void onData() {
        dataSeen = true;
    }

    /** Takes a handshake message: its type and what is behind its header. */
    void onMessage(int type, Slice body) {
        switch (type) {
            case CLIENT_HELLO, SERVER_HELLO -> {
                if (hello.isEmpty()) {
                    hello.set(body);
                }
            }
            case CERTIFICATE -> keepCertificate(body);
            case CERTIFICATE_REQUEST -> certificateRequested = true;
            case SERVER_HELLO_DONE -> helloDone = true;
            case CLIENT_KEY_EXCHANGE -> keyExchanged = true;
            default -> {}
        }
    }

    /** RFC 5246, 7.4.2: the sender's own certificate is the first. */
    private void keepCertificate(Slice body) {
        list.wrap(body);
        list.skip(3); // length of the list
        list.slice(list.u24(), first);
        if (!list.failed()) {
            certificate.set(first);
        }
    }
}
