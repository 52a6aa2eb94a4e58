// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import java.util.HexFormat;

/** Reads the body of a ServerHello (RFC 8446, 4.1.3; RFC 5246, 7.4.1.3). */
public final class ServerHello {
    /** What a HelloRetryRequest has for a random number: the digest of its name (RFC 8446, 4.1.3). */
    private static final byte[] RETRY =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    /** Drafts of TLS 1.3 before the 22nd have neither session id nor compression method. */
    private static final int FIRST_DRAFT_WITH_SESSION_ID = 0x7f16;

    final IntList extensions = new IntList(ClientHello.MAX_EXTENSIONS);
    final Slice sessionId = new Slice();
    final Slice alpn = new Slice();
    private final Slice random = new Slice();

    int legacyVersion;
    int version;
    int cipherSuite;

    /** Reads from behind the handshake header to the end of the message. */
    public Verdict read(Cursor in) {
        extensions.clear();
        sessionId.clear();
        alpn.clear();
        legacyVersion = in.u16();
        version = legacyVersion;
        in.slice(RETRY.length, random);
        boolean early = legacyVersion >> 8 == 0x7f && legacyVersion < FIRST_DRAFT_WITH_SESSION_ID;
        if (!early) {
            in.slice(in.u8(), sessionId);
        }
        cipherSuite = in.u16();
        in.skip(early ? 0 : 1); // legacy_compression_method
        if (in.hasRemaining()) {
            int all = in.enter(in.u16());
            while (in.hasRemaining()) {
                readExtension(in);
            }
            in.leave(all);
        }
        return in.verdict();
    }

    /** Types of extensions, in the order of the message. */
    public IntList extensions() {
        return extensions;
    }

    /** True if this is a HelloRetryRequest: the client says hello once more. */
    boolean asksForAnotherHello() {
        for (int i = 0; i < RETRY.length; i++) {
            if (random.u8(i) != (RETRY[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** The version chosen. */
    public int version() {
        return version;
    }

    private void readExtension(Cursor in) {
        int type = in.u16();
        extensions.add(type, in);
        int extension = in.enter(in.u16());
        if (type == TlsExtension.SUPPORTED_VERSIONS) {
            version = in.u16();
        } else if (type == TlsExtension.ALPN) {
            in.slice(in.u16(), alpn);
        }
        in.leave(extension);
    }
}
