// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

/** Knows which types and codes of ICMP exist (IANA, "ICMP Parameters"), deprecated ones included. */
final class IcmpType {
    private IcmpType() {}

    /** How many codes a type has, counted from 0; 0 if IANA has assigned no such type. */
    static int codesOf(int type) {
        return switch (type) {
            case 3 -> 16; // destination unreachable
            case 5 -> 4; // redirect
            case 9 -> 17; // router advertisement: codes 0 and 16
            case 11 -> 2; // time exceeded
            case 12 -> 3; // parameter problem
            case 40 -> 6; // Photuris
            case 43 -> 5; // extended echo reply
            case 0, 4, 6, 8, 10, 13, 14, 15, 16, 17, 18, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 41, 42, 253, 254 -> 1;
            default -> 0;
        };
    }
}
