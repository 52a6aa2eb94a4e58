// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

/** Writes IP addresses as EVE has them: IPv4 with dots, IPv6 as eight groups of four digits, none left out. */
public final class AddressText {
    private AddressText() {}

    /** Writes an address of up to 39 characters and returns the index behind it. */
    public static int write(int ipVersion, long hi, long lo, byte[] into, int at) {
        return ipVersion == 4 ? v4((int) lo, into, at) : groups(lo, into, colon(into, groups(hi, into, at)));
    }

    private static int v4(int address, byte[] into, int at) {
        int index = at;
        for (int shift = 24; shift >= 0; shift -= 8) {
            index = octet(address >>> shift & 0xff, into, index);
            if (shift > 0) {
                into[index++] = '.';
            }
        }
        return index;
    }

    private static int octet(int value, byte[] into, int at) {
        int index = at;
        if (value >= 100) {
            into[index++] = (byte) ('0' + value / 100);
        }
        if (value >= 10) {
            into[index++] = (byte) ('0' + value / 10 % 10);
        }
        into[index++] = (byte) ('0' + value % 10);
        return index;
    }

    private static int groups(long half, byte[] into, int at) {
        int index = at;
        for (int shift = 56; shift >= 0; shift -= 8) {
            index = Digits.hexByte((int) (half >>> shift), into, index);
            if (shift % 16 == 0 && shift > 0) {
                index = colon(into, index);
            }
        }
        return index;
    }

    private static int colon(byte[] into, int at) {
        into[at] = ':';
        return at + 1;
    }
}
