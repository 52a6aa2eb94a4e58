// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.packet.Slice;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Derives the keys of Initial packets with HKDF (RFC 9001, 5.1 and 5.2; RFC 5869; RFC 8446, 7.1). */
final class KeyDerivation {
    static final String HMAC = "HmacSHA256";
    private static final int SECRET_LENGTH = 32;
    private static final int KEY_LENGTH = 16;
    private static final int IV_LENGTH = 12;

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

    /** The keys of a connection; null if it is not known how packets of this version are protected. */
    @Nullable
    InitialKeys derive(int version, Slice destinationId) {
        byte[] id = new byte[destinationId.length()];
        destinationId.buffer().getBytes(destinationId.offset(), id);
        return derive(version, id);
    }

    /** The keys of a connection that goes on in another version (RFC 9368, 2.3); null if that is not known. */
    @Nullable
    InitialKeys derive(int version, InitialKeys before) {
        return derive(version, before.connectionId());
    }

    private @Nullable InitialKeys derive(int version, byte[] id) {
        SecretKeySpec salt = InitialSalt.of(version);
        if (salt == null) {
            return null;
        }
        SecretKeySpec initial = new SecretKeySpec(hmac(salt, id), HMAC);
        boolean second = QuicVersion.isSecond(version);
        return new InitialKeys(version, id, keys(initial, CLIENT, second), keys(initial, SERVER, second));
    }

    private InitialKeys.Keys keys(SecretKeySpec initial, byte[] side, boolean second) {
        SecretKeySpec secret = new SecretKeySpec(hmac(initial, side), HMAC);
        return new InitialKeys.Keys(
                new SecretKeySpec(hmac(secret, second ? V2_KEY : KEY), 0, KEY_LENGTH, "AES"),
                new SecretKeySpec(hmac(secret, second ? V2_HEADER_KEY : HEADER_KEY), 0, KEY_LENGTH, "AES"),
                Arrays.copyOf(hmac(secret, second ? V2_IV : IV), IV_LENGTH));
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
