// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.eve.Digits;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Computes a digest as lower-case hexadecimal digits, into memory it keeps. Owned by one dissector. */
public final class HexDigest {
    private final MessageDigest algorithm;
    private final byte[] digest;
    private final byte[] hex;

    /** @param name as the JDK knows it: MD5, SHA-1, SHA-256 */
    public HexDigest(String name) {
        try {
            algorithm = MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("not a digest of this Java: " + name, e);
        }
        digest = new byte[algorithm.getDigestLength()];
        hex = new byte[2 * digest.length];
    }

    /** The digest of these bytes, valid until the next call. */
    public byte[] of(byte[] bytes, int offset, int length) {
        algorithm.update(bytes, offset, length);
        try {
            algorithm.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("the digest has its length", e);
        }
        for (int i = 0; i < digest.length; i++) {
            Digits.hexByte(digest[i], hex, 2 * i);
        }
        return hex;
    }
}
