// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.packet.Slice;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives the keys of Initial packets with HKDF (RFC 9001, 5.1 and 5.2; RFC 5869; RFC 8446, 7.1). */
final class KeyDerivation {
    private static final String HMAC = "HmacSHA256";
    private static final int SECRET_LENGTH = 32;
    private static final int KEY_LENGTH = 16;
    private static final int IV_LENGTH = 12;

    /** Drafts 23 to 28. */
    private static final SecretKeySpec EARLY_SALT = salt("c3eef712c72ebb5a11a7d2432bb46365bef9f502");
    /** Drafts 29 to 34. */
    private static final SecretKeySpec LATE_SALT = salt("afbfec289993d24c9e9786f19c6111e04390a899");

    private static final SecretKeySpec V1_SALT = salt("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
    /** RFC 9369, 3.3.1. */
    private static final SecretKeySpec V2_SALT = salt("0dede3def700a6db819381be6e269dcbf9bd2ed9");

    private static final byte[] CLIENT = label("client in", SECRET_LENGTH);
    private static final byte[] SERVER = label("server in", SECRET_LENGTH);
    private static final byte[] KEY = label("quic key", KEY_LENGTH);
    private static final byte[] IV = label("quic iv", IV_LENGTH);
    private static final byte[] HEADER_KEY = label("quic hp", KEY_LENGTH);
    private static final byte[] V2_KEY = label("quicv2 key", KEY_LENGTH);
    private static final byte[] V2_IV = label("quicv2 iv", IV_LENGTH);
    private static final byte[] V2_HEADER_KEY = label("quicv2 hp", KEY_LENGTH);

    private final Mac mac;

    KeyDerivation() {
        try {
            mac = Mac.getInstance(HMAC);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    /** The keys of a connection; the version is one that {@link QuicVersion#hasKnownKeys}. */
    InitialKeys derive(int version, Slice destinationId) {
        byte[] id = new byte[destinationId.length()];
        destinationId.buffer().getBytes(destinationId.offset(), id);
        SecretKeySpec initial = new SecretKeySpec(hmac(saltOf(version), id), HMAC);
        boolean second = version == QuicVersion.V2;
        return new InitialKeys(id, keys(initial, CLIENT, second), keys(initial, SERVER, second));
    }

    private InitialKeys.Keys keys(SecretKeySpec initial, byte[] side, boolean second) {
        SecretKeySpec secret = new SecretKeySpec(hmac(initial, side), HMAC);
        return new InitialKeys.Keys(
                new SecretKeySpec(hmac(secret, second ? V2_KEY : KEY), 0, KEY_LENGTH, "AES"),
                new SecretKeySpec(hmac(secret, second ? V2_HEADER_KEY : HEADER_KEY), 0, KEY_LENGTH, "AES"),
                Arrays.copyOf(hmac(secret, second ? V2_IV : IV), IV_LENGTH));
    }

    private static SecretKeySpec saltOf(int version) {
        if (QuicVersion.isDraft(version)) {
            return QuicVersion.isEarlyDraft(version) ? EARLY_SALT : LATE_SALT;
        }
        return version == QuicVersion.V2 ? V2_SALT : V1_SALT;
    }

    /** HKDF-Extract, and HKDF-Expand too, since no output is longer than one digest. */
    private byte[] hmac(SecretKeySpec key, byte[] message) {
        try {
            mac.init(key);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("any bytes are a key of " + HMAC, e);
        }
        return mac.doFinal(message);
    }

    private static SecretKeySpec salt(String hex) {
        return new SecretKeySpec(HexFormat.of().parseHex(hex), HMAC);
    }

    /** HkdfLabel with an empty context (RFC 8446, 7.1), and the number of the only block. */
    private static byte[] label(String name, int length) {
        byte[] text = ("tls13 " + name).getBytes(StandardCharsets.US_ASCII);
        byte[] label = new byte[3 + text.length + 2];
        label[1] = (byte) length;
        label[2] = (byte) text.length;
        System.arraycopy(text, 0, label, 3, text.length);
        label[label.length - 1] = 1;
        return label;
    }
}
