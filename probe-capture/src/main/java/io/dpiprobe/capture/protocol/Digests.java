// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.packet.Slice;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.DirectBuffer;

/** Computes MD5, SHA-1 and SHA-256 of the same bytes, as they come. Borrowed from a {@link DigestPool}. */
public final class Digests {
    /** What is copied at once from memory that is no array. */
    private static final int COPY_BYTES = 4096;

    private static final int LONGEST = 32;

    private final MessageDigest md5 = digest("MD5");
    private final MessageDigest sha1 = digest("SHA-1");
    private final MessageDigest sha256 = digest("SHA-256");
    private final byte[] result = new byte[LONGEST];
    private byte[] copy = {};

    Digests() {}

    void reset() {
        md5.reset();
        sha1.reset();
        sha256.reset();
    }

    /** Takes in the next bytes. */
    public void update(Slice bytes) {
        DirectBuffer buffer = bytes.buffer();
        byte[] array = buffer.byteArray();
        if (array != null) {
            update(array, buffer.wrapAdjustment() + bytes.offset(), bytes.length());
            return;
        }
        if (copy.length == 0) {
            copy = new byte[COPY_BYTES];
        }
        for (int done = 0; done < bytes.length(); done += COPY_BYTES) {
            int count = Math.min(COPY_BYTES, bytes.length() - done);
            buffer.getBytes(bytes.offset() + done, copy, 0, count);
            update(copy, 0, count);
        }
    }

    private void update(byte[] array, int offset, int length) {
        md5.update(array, offset, length);
        sha1.update(array, offset, length);
        sha256.update(array, offset, length);
    }

    /** Ends the MD5: 16 bytes at the front of the array, which is used again. */
    public byte[] md5() {
        return finish(md5);
    }

    /** Ends the SHA-1: 20 bytes at the front of the array, which is used again. */
    public byte[] sha1() {
        return finish(sha1);
    }

    /** Ends the SHA-256: 32 bytes, in an array that is used again. */
    public byte[] sha256() {
        return finish(sha256);
    }

    private byte[] finish(MessageDigest digest) {
        try {
            digest.digest(result, 0, result.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e); // the array is long enough for each of them
        }
        return result;
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has these
        }
    }
}
