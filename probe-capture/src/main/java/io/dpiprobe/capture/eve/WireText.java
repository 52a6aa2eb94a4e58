// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import org.agrona.DirectBuffer;

/**
 * Writes bytes from the wire as the inside of a JSON string.
 *
 * <p>Valid UTF-8 stays as it is, with JSON's escapes for quotes, backslashes and control characters (RFC 8259, 7). If
 * any byte is not part of valid UTF-8, every byte outside ASCII is written as {@code \xHH}, as EVE readers know it. A backslash that could be mistaken for the start of such an escape is itself written as {@code \x5c}, so that
 * the original bytes can always be recovered.
 */
final class WireText {
    private WireText() {}

    /** Writes {@code count} bytes, as up to six times as many, and returns the index behind them. */
    static int write(DirectBuffer source, int offset, int count, byte[] into, int at) {
        source.getBytes(offset, into, at, count);
        int plain = at;
        int end = at + count;
        while (plain < end && isPlain(into[plain])) {
            plain++;
        }
        if (plain == end) {
            return end;
        }
        int from = offset + plain - at;
        return isUtf8(source, from, offset + count)
                ? writeUtf8(source, from, offset + count, into, plain)
                : writeEscaped(source, offset, offset + count, into, at);
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\' && b != 0x7f;
    }

    private static int writeUtf8(DirectBuffer source, int from, int end, byte[] into, int at) {
        int index = at;
        for (int i = from; i < end; i++) {
            byte b = source.getByte(i);
            if (isPlain(b) || b < 0) {
                into[index++] = b;
            } else if (b == '\\' && looksEscaped(source, i, end)) {
                index = escapeByte(b, into, index);
            } else {
                index = escapeJson(b, into, index);
            }
        }
        return index;
    }

    private static int writeEscaped(DirectBuffer source, int from, int end, byte[] into, int at) {
        int index = at;
        for (int i = from; i < end; i++) {
            byte b = source.getByte(i);
            if (isPlain(b)) {
                into[index++] = b;
            } else if (b < 0 || (b == '\\' && looksEscaped(source, i, end))) {
                index = escapeByte(b, into, index);
            } else {
                index = escapeJson(b, into, index);
            }
        }
        return index;
    }

    /** A backslash, an x and two hexadecimal digits. */
    private static boolean looksEscaped(DirectBuffer source, int at, int end) {
        return at + 3 < end
                && source.getByte(at + 1) == 'x'
                && Character.digit(source.getByte(at + 2), 16) >= 0
                && Character.digit(source.getByte(at + 3), 16) >= 0;
    }

    /** Five characters: {@code \\xHH}. */
    private static int escapeByte(byte b, byte[] into, int at) {
        into[at] = '\\';
        into[at + 1] = '\\';
        into[at + 2] = 'x';
        return Digits.hexByte(b, into, at + 3);
    }

    private static int escapeJson(byte b, byte[] into, int at) {
        into[at] = '\\';
        switch (b) {
            case '"', '\\' -> into[at + 1] = b;
            case '\n' -> into[at + 1] = 'n';
            case '\r' -> into[at + 1] = 'r';
            case '\t' -> into[at + 1] = 't';
            default -> {
                into[at + 1] = 'u';
                into[at + 2] = '0';
                into[at + 3] = '0';
                into[at + 4] = Digits.HEX[b >> 4];
                into[at + 5] = Digits.HEX[b & 15];
                return at + 6;
            }
        }
        return at + 2;
    }

    /** Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
    private static boolean isUtf8(DirectBuffer source, int from, int end) {
        int i = from;
        while (i < end) {
            int lead = source.getByte(i) & 0xff;
            int more = lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1;
            if (more < 0 || i + more >= end) {
                return false;
            }
            if (more > 0 && !isSecond(lead, source.getByte(i + 1) & 0xff)) {
                return false;
            }
            for (int k = 2; k <= more; k++) {
                if ((source.getByte(i + k) & 0xc0) != 0x80) {
                    return false;
                }
            }
            i += more + 1;
        }
        return true;
    }

    private static boolean isSecond(int lead, int second) {
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        return second >= lowest && second <= highest;
    }
}
