// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

/** Writes numbers as ASCII digits into a byte array; each method returns the index behind what it wrote. */
public final class Digits {
    /** Most characters a decimal {@code long} takes. */
    static final int MAX_DECIMAL = 20;

    static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    /** "00", "01" ... "99": two digits at a time halve the divisions. */
    private static final byte[] PAIRS = new byte[200];

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private Digits() {}

    /** Writes a signed decimal number. */
    public static int decimal(long value, byte[] into, int at) {
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                return ascii("-9223372036854775808", into, at);
            }
            into[at] = '-';
            return decimal(-value, into, at + 1);
        }
        int end = at + width(value);
        int index = end;
        long rest = value;
        while (rest >= 100) {
            int pair = (int) (rest % 100) * 2;
            rest /= 100;
            into[--index] = PAIRS[pair + 1];
            into[--index] = PAIRS[pair];
        }
        if (rest >= 10) {
            into[--index] = PAIRS[(int) rest * 2 + 1];
            into[--index] = PAIRS[(int) rest * 2];
        } else {
            into[--index] = (byte) ('0' + rest);
        }
        return end;
    }

    /** Writes exactly {@code width} decimal digits, with leading zeros. */
    public static int padded(long value, int width, byte[] into, int at) {
        long rest = value;
        for (int i = at + width - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + width;
    }

    /** Writes lower-case hexadecimal digits without leading zeros. */
    public static int hex(long value, byte[] into, int at) {
        int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
        for (int i = digits - 1; i >= 0; i--) {
            into[at + digits - 1 - i] = HEX[(int) (value >>> (4 * i)) & 15];
        }
        return at + digits;
    }

    /** Writes the low eight bits as two lower-case hexadecimal digits. */
    public static int hexByte(int value, byte[] into, int at) {
        into[at] = HEX[value >> 4 & 15];
        into[at + 1] = HEX[value & 15];
        return at + 2;
    }

    /** Writes the low eight bits as two upper-case hexadecimal digits. */
    static int upperHexByte(int value, byte[] into, int at) {
        into[at] = upper(HEX[value >> 4 & 15]);
        into[at + 1] = upper(HEX[value & 15]);
        return at + 2;
    }

    private static byte upper(byte digit) {
        return (byte) (digit >= 'a' ? digit - ('a' - 'A') : digit);
    }

    private static int width(long value) {
        int width = 1;
        for (long bound = 10; width < 19 && value >= bound; bound *= 10) {
            width++;
        }
        return width;
    }

    private static int ascii(String text, byte[] into, int at) {
        for (int i = 0; i < text.length(); i++) {
            into[at + i] = (byte) text.charAt(i);
        }
        return at + text.length();
    }
}
