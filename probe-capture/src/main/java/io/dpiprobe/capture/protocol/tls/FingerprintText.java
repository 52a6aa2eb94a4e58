// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.eve.Digits;
import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/** Puts the text together that a fingerprint is the digest of, in memory it keeps. */
public final class FingerprintText {
    /** Five digits and a dash for everything a ClientHello may list. */
    private static final int CAPACITY =
            6 * (ClientHello.MAX_CIPHER_SUITES + ClientHello.MAX_EXTENSIONS + 2 * ClientHello.MAX_ALGORITHMS + 256)
                    + 64;

    private final byte[] bytes = new byte[CAPACITY];
    private final UnsafeBuffer view = new UnsafeBuffer(bytes);
    private final Slice slice = new Slice();
    private int length;

    public FingerprintText clear() {
        length = 0;
        return this;
    }

    public FingerprintText append(char c) {
        bytes[length++] = (byte) c;
        return this;
    }

    public FingerprintText append(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            append(ascii.charAt(i));
        }
        return this;
    }

    public FingerprintText decimal(long value) {
        length = Digits.decimal(value, bytes, length);
        return this;
    }

    /** Two decimal digits, of 99 at most. */
    FingerprintText twoDigits(int value) {
        length = Digits.padded(Math.min(value, 99), 2, bytes, length);
        return this;
    }

    /** Four hexadecimal digits. */
    FingerprintText hex16(int value) {
        length = Digits.hexByte(value, bytes, Digits.hexByte(value >> 8, bytes, length));
        return this;
    }

    /** Values without GREASE in decimal, dashes between. */
    FingerprintText dashed(IntList values) {
        boolean first = true;
        for (int i = 0; i < values.size(); i++) {
            if (!Grease.is(values.get(i))) {
                if (!first) {
                    append('-');
                }
                decimal(values.get(i));
                first = false;
            }
        }
        return this;
    }

    FingerprintText append(byte[] ascii, int count) {
        System.arraycopy(ascii, 0, bytes, length, count);
        length += count;
        return this;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public Slice slice() {
        return slice.wrap(view, 0, length);
    }
}
