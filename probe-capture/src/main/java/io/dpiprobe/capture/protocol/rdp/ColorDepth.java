// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

/** Knows the codes of colour depths ([MS-RDPBCGR], 2.2.1.3.2). */
final class ColorDepth {
    private ColorDepth() {}

    /** Bits per pixel; zero for an unknown code. */
    static int ofCode(int code) {
        return switch (code) {
            case 0xca00 -> 4;
            case 0xca01 -> 8;
            case 0xca02 -> 15;
            case 0xca03 -> 16;
            case 0xca04 -> 24;
            default -> 0;
        };
    }
}
