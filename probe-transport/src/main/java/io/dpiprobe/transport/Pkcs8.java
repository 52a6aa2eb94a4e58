// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Wraps older forms of private keys in the form that Java reads (PrivateKeyInfo, RFC 5958, 2), in DER. */
final class Pkcs8 {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;

    /** Tag of the curve in an ECPrivateKey (RFC 5915, 3). */
    private static final int EC_PARAMETERS = 0xa0;

    private static final byte[] VERSION_0 = {INTEGER, 1, 0};

    /** AlgorithmIdentifier of rsaEncryption, 1.2.840.113549.1.1.1 with NULL. */
    private static final byte[] RSA = {
        SEQUENCE,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    /** Object identifier of id-ecPublicKey, 1.2.840.10045.2.1. */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private Pkcs8() {}

    static byte[] ofRsa(byte[] rsaPrivateKey) {
        return der(SEQUENCE, VERSION_0, RSA, der(OCTET_STRING, rsaPrivateKey));
    }

    static byte[] ofEc(byte[] ecPrivateKey) throws IOException {
        byte[] algorithm = der(SEQUENCE, EC, curve(ecPrivateKey));
        return der(SEQUENCE, VERSION_0, algorithm, der(OCTET_STRING, ecPrivateKey));
    }

    /** Finds the curve behind version and key. */
    private static byte[] curve(byte[] key) throws IOException {
        try {
            int at = contentOf(key, 0);
            while (at < key.length) {
                int content = contentOf(key, at);
                int end = content + lengthAt(key, at);
                if ((key[at] & 0xff) == EC_PARAMETERS) {
                    return Arrays.copyOfRange(key, content, end);
                }
                at = end;
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("an EC key that ends too early", e);
        }
        throw new IOException("an EC key that does not name its curve");
    }

    private static int lengthAt(byte[] der, int tagAt) {
        int first = der[tagAt + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (der[tagAt + 2 + i] & 0xff);
        }
        return Math.max(0, length);
    }

    private static int contentOf(byte[] der, int tagAt) {
        int first = der[tagAt + 1] & 0xff;
        return tagAt + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        writeLength(out, content.size());
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length >= 0x80) {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i > 0; i--) {
                out.write(length >>> (8 * i));
            }
        }
        out.write(length);
    }
}
