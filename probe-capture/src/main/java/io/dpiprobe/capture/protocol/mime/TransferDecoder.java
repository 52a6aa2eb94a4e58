// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Undoes the transfer encoding of a body, line by line (RFC 2045, 6). The line break before a boundary belongs to the
 * boundary, so each is held back until there is a line behind it.
 */
final class TransferDecoder {
    private static final byte[] BASE64 = alphabet();
    private static final int SKIP = -1;
    private static final int PAD = -2;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final Slice decoded = new Slice();
    private final ContentSink sink;
    private final int batchBytes;
    private byte[] out = {};
    private Encoding encoding = Encoding.IDENTITY;
    private int length;
    private int bits;
    private int bitCount;
    private boolean breakHeld;

    /** How a body is encoded. */
    enum Encoding {
        /** {@code 7bit}, {@code 8bit}, {@code binary}, or something unknown. */
        IDENTITY,
        BASE64,
        QUOTED_PRINTABLE;

        static Encoding of(Slice name) {
            if (name.startsWithIgnoreCase("base64")) {
                return BASE64;
            }
            return name.startsWithIgnoreCase("quoted-printable") ? QUOTED_PRINTABLE : IDENTITY;
        }
    }

    /** @param batchBytes decoded bytes that are passed on at once */
    TransferDecoder(ContentSink sink, int batchBytes) {
        this.sink = sink;
        this.batchBytes = batchBytes;
    }

    void begin(Encoding encoding) {
        this.encoding = encoding;
        if (out.length == 0) {
            out = new byte[batchBytes];
            view.wrap(out);
        }
        length = 0;
        bits = 0;
        bitCount = 0;
        breakHeld = false;
    }

    /**
     * Takes the next line, or a piece of one.
     *
     * @param ends whether the line ends with this piece
     */
    void onLine(Slice line, boolean ends) {
        if (encoding == Encoding.BASE64) {
            base64(line);
            return;
        }
        if (breakHeld) {
            put('\r');
            put('\n');
        }
        breakHeld = ends;
        if (encoding == Encoding.QUOTED_PRINTABLE) {
            quotedPrintable(line);
        } else {
            for (int i = 0; i < line.length(); i++) {
                put(line.u8(i));
            }
        }
    }

    /** No more lines: passes on what is left. */
    void end() {
        if (encoding == Encoding.BASE64) {
            pad();
        }
        flush();
    }

    private void base64(Slice line) {
        for (int i = 0; i < line.length(); i++) {
            int value = BASE64[line.u8(i)];
            if (value >= 0) {
                bits = bits << 6 | value;
                bitCount += 6;
                if (bitCount == 24) {
                    put(bits >> 16);
                    put(bits >> 8);
                    put(bits);
                    bitCount = 0;
                }
            } else if (value == PAD) {
                pad();
            }
        }
    }

    /** Two characters left are one byte, three are two. */
    private void pad() {
        if (bitCount == 12) {
            put(bits >> 4);
        } else if (bitCount == 18) {
            put(bits >> 10);
            put(bits >> 2);
        }
        bitCount = 0;
    }

    private void quotedPrintable(Slice line) {
        int end = line.length();
        while (end > 0 && (line.u8(end - 1) == ' ' || line.u8(end - 1) == '\t')) {
            end--; // RFC 2045, 6.7 (3): added on the way
        }
        for (int i = 0; i < end; i++) {
            int c = line.u8(i);
            if (c == '=' && i + 1 == end) {
                breakHeld = false; // (5): a soft line break
            } else if (c == '=' && i + 2 < end && hex(line, i + 1) >= 0 && hex(line, i + 2) >= 0) {
                put(hex(line, i + 1) << 4 | hex(line, i + 2));
                i += 2;
            } else {
                put(c);
            }
        }
    }

    private void put(int value) {
        out[length++] = (byte) value;
        if (length == batchBytes) {
            flush();
        }
    }

    private void flush() {
        if (length > 0) {
            sink.onContent(decoded.wrap(view, 0, length));
            length = 0;
        }
    }

    private static int hex(Slice line, int at) {
        return Character.digit(line.u8(at), 16);
    }

    private static byte[] alphabet() {
        byte[] values = new byte[256];
        java.util.Arrays.fill(values, (byte) SKIP);
        String characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < characters.length(); i++) {
            values[characters.charAt(i)] = (byte) i;
        }
        values['='] = PAD;
        return values;
    }
}
