// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decodes encoded words in header text, {@code =?utf-8?B?...?=} (RFC 2047), of the character sets UTF-8, US-ASCII and
 * ISO 8859-1. Words of other sets stay as they are.
 */
final class EncodedWords {
    /** Words are at most 75 characters long. */
    private static final int WORD_BYTES = 64;

    private final byte[] out;
    private final UnsafeBuffer view;
    private final Slice decoded = new Slice();
    private final Slice word = new Slice();
    private final TransferDecoder decoder = new TransferDecoder(this::onContent, WORD_BYTES);
    private int length;
    private boolean latin;

    /** @param maxBytes longest text kept */
    EncodedWords(int maxBytes) {
        out = new byte[maxBytes];
        view = new UnsafeBuffer(out);
    }

    /** The text with its words decoded, valid until the next call. */
    Slice decode(Slice text) {
        length = 0;
        int at = 0;
        int plainFrom = 0; // where the white space between two words begins, which is dropped
        boolean afterWord = false;
        while (at < text.length()) {
            int end = text.u8(at) == '=' ? wordEnd(text, at) : -1;
            if (end > 0) {
                if (!afterWord || !isBlank(text, plainFrom, at)) {
                    copy(text, plainFrom, at);
                }
                at = end;
                plainFrom = end;
                afterWord = true;
            } else {
                at++;
            }
            if (end > 0) {
                word(text);
            }
        }
        copy(text, plainFrom, text.length());
        return decoded.wrap(view, 0, length);
    }

    private int charsetEnd;
    private int contentFrom;
    private int contentEnd;
    private int wordFrom;

    /** Where the word ends that begins here; -1 if none does, or one that stays as it is. */
    private int wordEnd(Slice text, int from) {
        if (from + 1 >= text.length() || text.u8(from + 1) != '?') {
            return -1;
        }
        charsetEnd = indexOf(text, '?', from + 2);
        if (charsetEnd < 0 || charsetEnd + 3 > text.length() || text.u8(charsetEnd + 2) != '?') {
            return -1;
        }
        wordFrom = from + 2;
        contentFrom = charsetEnd + 3;
        contentEnd = indexOf(text, '?', contentFrom);
        boolean closed = contentEnd > 0 && contentEnd + 1 < text.length() && text.u8(contentEnd + 1) == '=';
        int kind = text.u8(charsetEnd + 1) | 0x20;
        word.wrap(text.buffer(), text.offset() + wordFrom, charsetEnd - wordFrom);
        latin = word.startsWithIgnoreCase("iso-8859-1") && word.length() == "iso-8859-1".length();
        boolean known = latin || word.startsWithIgnoreCase("utf-8") || word.equalsIgnoreCase("us-ascii");
        return closed && known && (kind == 'b' || kind == 'q') ? contentEnd + 2 : -1;
    }

    private void word(Slice text) {
        word.wrap(text.buffer(), text.offset() + contentFrom, contentEnd - contentFrom);
        if ((text.u8(charsetEnd + 1) | 0x20) == 'b') {
            decoder.begin(TransferDecoder.Encoding.BASE64);
            decoder.onLine(word, true);
            decoder.end();
            return;
        }
        for (int i = 0; i < word.length(); i++) {
            int c = word.u8(i);
            int high = c == '=' && i + 2 < word.length() ? Character.digit(word.u8(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(word.u8(i + 2), 16) : -1;
            character(low >= 0 ? (high << 4) | low : c == '_' ? ' ' : c);
            i += low >= 0 ? 2 : 0;
        }
    }

    private void onContent(Slice content) {
        for (int i = 0; i < content.length(); i++) {
            character(content.u8(i));
        }
    }

    private void character(int c) {
        if (latin && c >= 0x80) {
            put(0xc0 | (c >> 6));
            put(0x80 | (c & 0x3f));
        } else {
            put(c);
        }
    }

    private void copy(Slice text, int from, int to) {
        for (int i = from; i < to; i++) {
            put(text.u8(i));
        }
    }

    private void put(int c) {
        if (length < out.length) {
            out[length++] = (byte) c;
        }
    }

    private static boolean isBlank(Slice text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.u8(i) != ' ' && text.u8(i) != '\t') {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(Slice text, char wanted, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.u8(i) == wanted) {
                return i;
            }
        }
        return -1;
    }
}
