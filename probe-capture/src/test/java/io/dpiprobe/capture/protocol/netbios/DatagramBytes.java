// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Composes datagrams of NetBIOS for tests. */
final class DatagramBytes {
    private DatagramBytes() {}

    /** A datagram to a group, from FS1 to CORP. */
    static byte[] group(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("11 02 1234 0a000001 008a 0000 0000"));
        out.writeBytes(name("FS1", 0x20));
        out.writeBytes(name("CORP", 0x1d));
        out.writeBytes(data);
        return out.toByteArray();
    }

    /** What is written to a mailslot, as a transaction of SMB. */
    static byte[] mailslot(String slot, byte[] data) {
        byte[] name = (slot + "\0").getBytes(StandardCharsets.US_ASCII);
        int place = 32 + 1 + 34 + 2 + name.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("ff534d42 25" + "00".repeat(27) + "11")); // header, 17 words
        out.writeBytes(hex("00".repeat(22)));
        out.writeBytes(new byte[] {(byte) data.length, (byte) (data.length >> 8), (byte) place, 0});
        out.writeBytes(hex("0300 0100 0100 0200")); // write, priority, class
        int follow = name.length + data.length;
        out.writeBytes(new byte[] {(byte) follow, (byte) (follow >> 8)});
        out.writeBytes(name);
        out.writeBytes(data);
        return out.toByteArray();
    }

    /** Sixteen bytes, each half of which is a letter. */
    static byte[] name(String text, int suffix) {
        byte[] out = new byte[34];
        out[0] = 32;
        for (int i = 0; i < 16; i++) {
            int value = i == 15 ? suffix : i < text.length() ? text.charAt(i) : ' ';
            out[1 + 2 * i] = (byte) ('A' + (value >> 4));
            out[2 + 2 * i] = (byte) ('A' + (value & 15));
        }
        return out;
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
