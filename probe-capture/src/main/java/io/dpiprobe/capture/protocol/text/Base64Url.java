// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.text;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.KeptBytes;
import org.agrona.concurrent.UnsafeBuffer;

/** Decodes base64url (RFC 4648, 5). */
public final class Base64Url {
    private static final int GROUP_BYTES = 3;
    private static final int GROUP_DIGITS = 4;

    private final UnsafeBuffer group = new UnsafeBuffer(new byte[GROUP_BYTES]);

    /** Adds what the text says from {@code start} up to the first character that is none; what has no room is left out. */
    public void decode(Slice text, int start, KeptBytes into) {
        int bits = 0;
        int digits = 0;
        for (int i = start; i < text.length() && digit(text.u8(i)) >= 0; i++) {
            bits = (bits << 6) | digit(text.u8(i));
            if (++digits == GROUP_DIGITS) {
                flush(bits, GROUP_BYTES, into);
                bits = 0;
                digits = 0;
            }
        }
        if (digits > 1) {
            flush(bits << (6 * (GROUP_DIGITS - digits)), digits - 1, into);
        }
    }

    private void flush(int bits, int count, KeptBytes into) {
        group.putByte(0, (byte) (bits >> 16));
        group.putByte(1, (byte) (bits >> 8));
        group.putByte(2, (byte) bits);
        boolean unused = into.add(group, 0, count);
    }

    private static int digit(int c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '-' ? 62 : c == '_' ? 63 : -1;
    }
}
