// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Composes SMB1 messages ([MS-CIFS], 2.2.3), of session 2048 and tree 7, and what goes into them. */
final class Smb1Bytes {
    static final int REPLY = 0x80;

    private static final int UNICODE_NT_STATUS = 0xc000;
    private static final int HEADER_BYTES = 32;

    private Smb1Bytes() {}

    /** A whole message of one command, with its frame. */
    static byte[] message(int command, int flags, int status, byte[] words, byte[] bytes) {
        return message(command, flags, status, UNICODE_NT_STATUS, block(words, bytes));
    }

    /** A whole message, with its frame. */
    static byte[] message(int command, int flags, int status, int flags2, byte[] blocks) {
        byte[] message = new byte[4 + HEADER_BYTES + blocks.length];
        ByteBuffer out = little(message);
        out.put(new byte[] {0, 0}).putShort(Short.reverseBytes((short) (HEADER_BYTES + blocks.length)));
        out.put(new byte[] {(byte) 0xff, 'S', 'M', 'B', (byte) command}).putInt(status);
        out.put((byte) flags).putShort((short) flags2).put(new byte[12]);
        out.putShort((short) 7).putShort((short) 99).putShort((short) 2048).putShort((short) 3);
        out.put(blocks);
        return message;
    }

    /** WordCount, words, ByteCount and bytes of one command. */
    static byte[] block(byte[] words, byte[] bytes) {
        byte[] block = new byte[3 + words.length + bytes.length];
        ByteBuffer out = little(block);
        out.put((byte) (words.length / 2)).put(words);
        out.putShort((short) bytes.length).put(bytes);
        return block;
    }

    /** Little-endian words. */
    static byte[] words(int... words) {
        byte[] bytes = new byte[2 * words.length];
        ByteBuffer out = little(bytes);
        for (int word : words) {
            out.putShort((short) word);
        }
        return bytes;
    }

    static byte[] ascii(String text) {
        return text(text, StandardCharsets.US_ASCII);
    }

    static byte[] utf16(String text) {
        return text(text, StandardCharsets.UTF_16LE);
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        ByteBuffer out = little(whole);
        for (byte[] part : parts) {
            out.put(part);
        }
        return whole;
    }

    private static byte[] text(String text, Charset charset) {
        return (text + '\0').getBytes(charset);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
