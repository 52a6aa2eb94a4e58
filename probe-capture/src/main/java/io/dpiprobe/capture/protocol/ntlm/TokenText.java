// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads a security token written in base64 behind the name of its scheme (RFC 4559, 4): NTLM or Negotiate. */
public final class TokenText {
    /** Bytes decoded: the names in a ticket are in front of what makes it long. */
    @Bound(of = "bytes decoded of a token in Base64", then = "the rest is passed over", unit = Bound.Unit.BYTES)
    static final int MAX_BYTES = 4096;

    private static final String[] SCHEMES = {"NTLM ", "Negotiate "};

    private final byte[] bytes = new byte[MAX_BYTES];
    private final UnsafeBuffer view = new UnsafeBuffer(bytes);

    /** True if a header's value has a token of a scheme whose tokens say who logs in; others hold secrets. */
    public static boolean isToken(Slice value) {
        for (String scheme : SCHEMES) {
            if (value.length() > scheme.length() && value.startsWithIgnoreCase(scheme)) {
                return true;
            }
        }
        return false;
    }

    /** Points {@code token} at what the value encodes, to the first character that is not of the alphabet. */
    public Slice decode(Slice value, Slice token) {
        return decodeFrom(schemeLength(value), value, token);
    }

    /** Points {@code token} at what a text without a scheme encodes, to the first character that is not of the alphabet. */
    public Slice decodeText(Slice text, Slice token) {
        return decodeFrom(0, text, token);
    }

    private Slice decodeFrom(int start, Slice value, Slice token) {
        int bits = 0;
        int held = 0;
        int length = 0;
        for (int i = start; i < value.length() && length < MAX_BYTES; i++) {
            int six = digit(value.u8(i));
            if (six < 0) {
                break;
            }
            bits = bits << 6 | six;
            held += 6;
            if (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                bytes[length++] = (byte) (bits >> held);
            }
        }
        return token.wrap(view, 0, length);
    }

    private static int schemeLength(Slice value) {
        int at = 0;
        while (at < value.length() && value.u8(at) != ' ') {
            at++;
        }
        while (at < value.length() && value.u8(at) == ' ') {
            at++;
        }
        return at;
    }

    private static int digit(int character) {
        if (character >= 'A' && character <= 'Z') {
            return character - 'A';
        }
        if (character >= 'a' && character <= 'z') {
            return character - 'a' + 26;
        }
        if (character >= '0' && character <= '9') {
            return character - '0' + 52;
        }
        return character == '+' ? 62 : character == '/' ? 63 : -1;
    }
}
