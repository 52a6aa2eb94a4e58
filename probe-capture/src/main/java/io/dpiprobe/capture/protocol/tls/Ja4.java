// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.HexDigest;

/** Computes JA4, the TLS client fingerprint, as its published specification has it ("JA4: TLS Client Fingerprinting"). */
public final class Ja4 {
    public static final char TCP = 't';
    public static final char QUIC = 'q';
    public static final char DTLS = 'd';

    /** Hexadecimal digits of a digest that are shown. */
    private static final int SHOWN = 12;

    private static final String NO_HASH = "000000000000";

    private final HexDigest sha256 = new HexDigest("SHA-256");
    private final FingerprintText text = new FingerprintText();
    private final FingerprintText hashed = new FingerprintText();
    private final IntList sorted = new IntList(ClientHello.MAX_CIPHER_SUITES);

    /**
     * Writes the fingerprint of a hello as a field.
     *
     * @param transport {@link #TCP}, {@link #QUIC} or {@link #DTLS}
     */
    public void write(JsonWriter json, ClientHello hello, char transport) {
        text.clear().append(transport).append(TlsVersion.ja4(hello.version));
        text.append(hello.serverName.isEmpty() ? 'i' : 'd');
        text.twoDigits(hello.cipherSuites.countWithoutGrease());
        text.twoDigits(hello.extensions.countWithoutGrease());
        alpn(hello.alpn);
        text.append('_');
        cipherSuites(hello);
        text.append('_');
        extensions(hello);
        json.wire("ja4", text.slice());
    }

    /** First and last character of the first name; of its hexadecimal form if one is not a letter or digit. */
    private void alpn(Slice names) {
        int length = names.isEmpty() ? 0 : Math.min(names.u8(0), names.length() - 1);
        if (length == 0) {
            text.append("00");
            return;
        }
        int first = names.u8(1);
        int last = names.u8(length);
        if (isAlphanumeric(first) && isAlphanumeric(last)) {
            text.append((char) first).append((char) last);
        } else {
            text.append(Character.forDigit(first >> 4, 16)).append(Character.forDigit(last & 15, 16));
        }
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private void cipherSuites(ClientHello hello) {
        sorted.sortedFrom(hello.cipherSuites);
        hashed.clear();
        list(sorted);
        digest();
    }

    /** Extensions in ascending order without server name and ALPN, then signature algorithms in their own order. */
    private void extensions(ClientHello hello) {
        sorted.sortedFrom(hello.extensions);
        hashed.clear();
        for (int i = 0; i < sorted.size(); i++) {
            int type = sorted.get(i);
            if (type != TlsExtension.SERVER_NAME && type != TlsExtension.ALPN) {
                item(type);
            }
        }
        if (hashed.length() > 0 && hello.signatureAlgorithms.size() > 0) {
            hashed.append('_');
            for (int i = 0; i < hello.signatureAlgorithms.size(); i++) {
                int algorithm = hello.signatureAlgorithms.get(i);
                if (!Grease.is(algorithm)) {
                    signatureAlgorithm(algorithm);
                }
            }
        }
        digest();
    }

    private void signatureAlgorithm(int algorithm) {
        boolean first = hashed.bytes()[hashed.length() - 1] == '_';
        if (!first) {
            hashed.append(',');
        }
        hashed.hex16(algorithm);
    }

    private void list(IntList values) {
        for (int i = 0; i < values.size(); i++) {
            item(values.get(i));
        }
    }

    private void item(int value) {
        if (hashed.length() > 0) {
            hashed.append(',');
        }
        hashed.hex16(value);
    }

    private void digest() {
        if (hashed.length() == 0) {
            text.append(NO_HASH);
        } else {
            text.append(sha256.of(hashed.bytes(), 0, hashed.length()), SHOWN);
        }
    }
}
