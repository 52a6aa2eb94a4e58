// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;

/** Reads the small things that lines of HTTP are made of. */
final class HttpText {
    private static final int MAX_DIGITS = 18;

    private HttpText() {}

    /** Takes the next word off the front of a line, with the blanks on both sides of it. */
    static void word(Slice line, Slice word) {
        int from = 0;
        while (from < line.length() && isBlank(line.u8(from))) {
            from++;
        }
        int to = from;
        while (to < line.length() && !isBlank(line.u8(to))) {
            to++;
        }
        word.wrap(line.buffer(), line.offset() + from, to - from);
        while (to < line.length() && isBlank(line.u8(to))) {
            to++;
        }
        line.advance(to);
    }

    /** Takes white space off both ends, a vertical tab and a zero byte too, as tolerant readers do. */
    static Slice trim(Slice text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.u8(from))) {
            from++;
        }
        while (to > from && isSpace(text.u8(to - 1))) {
            to--;
        }
        return text.wrap(text.buffer(), text.offset() + from, to - from);
    }

    /** True if there is nothing but spaces, tabs and carriage returns. */
    static boolean isBlank(Slice text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isBlank(text.u8(i)) && text.u8(i) != '\r') {
                return false;
            }
        }
        return true;
    }

    /** The decimal number a text begins with; -1 if it begins with none or it is too large. */
    static long decimal(Slice text) {
        long value = 0;
        int digits = 0;
        while (digits < text.length() && isDigit(text.u8(digits))) {
            value = value * 10 + text.u8(digits) - '0';
            if (++digits > MAX_DIGITS) {
                return -1;
            }
        }
        return digits == 0 ? -1 : value;
    }

    /** True if these ASCII characters occur, letter case and zero bytes between them aside. */
    static boolean contains(Slice text, String lowerCase) {
        for (int i = 0; i < text.length(); i++) {
            if (matchesAt(text, i, lowerCase)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesAt(Slice text, int from, String lowerCase) {
        int matched = 0;
        for (int i = from; i < text.length() && matched < lowerCase.length(); i++) {
            int c = text.u8(i);
            if (lower(c) == lowerCase.charAt(matched)) {
                matched++;
            } else if (c != 0 || matched == 0) {
                return false;
            }
        }
        return matched == lowerCase.length();
    }

    /** Distance of the first {@code c}; -1 if it does not occur. */
    static int indexOf(Slice text, char c) {
        for (int i = 0; i < text.length(); i++) {
            if (text.u8(i) == c) {
                return i;
            }
        }
        return -1;
    }

    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == 0;
    }
}
