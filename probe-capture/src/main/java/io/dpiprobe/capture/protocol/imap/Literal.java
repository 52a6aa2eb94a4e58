// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Finds the <code>{n}</code> at the end of a line that announces a literal, and counts off its bytes (RFC 9051, 4.3). */
final class Literal {
    /** Digits of the largest size believed: it fits a long. */
    private static final int SIZE_DIGITS = 18;
    /** Brace, digits, plus and brace. */
    private static final int MARK_BYTES = SIZE_DIGITS + 3;

    private Mark mark = Mark.NONE;
    private int digits;
    private long size;
    private long left;
    private boolean waits;

    /** How much of a mark was read. */
    private enum Mark {
        NONE,
        SIZE,
        PLUS,
        WHOLE
    }

    void reset() {
        mark = Mark.NONE;
        left = 0;
    }

    /** Looks at a line, or a piece of one: a mark may lie across two. */
    void look(Slice piece) {
        for (int i = Math.max(0, piece.length() - MARK_BYTES); i < piece.length(); i++) {
            onByte(piece.u8(i));
        }
    }

    private void onByte(int c) {
        if (c == '{') {
            mark = Mark.SIZE;
            digits = 0;
            size = 0;
        } else if (mark == Mark.SIZE && c >= '0' && c <= '9' && digits < SIZE_DIGITS) {
            digits++;
            size = 10 * size + c - '0';
        } else if (mark == Mark.SIZE && digits > 0 && c == '+') {
            mark = Mark.PLUS;
        } else if ((mark == Mark.SIZE || mark == Mark.PLUS) && digits > 0 && c == '}') {
            waits = mark == Mark.SIZE;
            mark = Mark.WHOLE;
        } else {
            mark = Mark.NONE;
        }
    }

    /**
     * The line is at its end: what comes next is a literal, if one was announced.
     *
     * @return whether one was, be it empty
     */
    boolean atEndOfLine() {
        boolean announced = mark == Mark.WHOLE;
        mark = Mark.NONE;
        left = announced ? size : 0;
        return announced;
    }

    /** True while bytes of a literal come. */
    boolean isOpen() {
        return left > 0;
    }

    /** Bytes of the literal announced last. */
    long size() {
        return size;
    }

    /** Passes over what there is of the literal. */
    void pass(Cursor in) {
        int length = (int) Math.min(left, in.remaining());
        in.skip(length);
        left -= length;
    }

    /**
     * Bytes were lost.
     *
     * @return false if there may have been others among them than the literal's
     */
    boolean lost(long bytes) {
        boolean inside = bytes <= left;
        left = inside ? left - bytes : 0;
        return inside;
    }

    /** The server wants none of a literal that the client has not begun, for it waits to be asked for it. */
    boolean refuse() {
        boolean refused = waits && left == size;
        left = refused ? 0 : left;
        return refused;
    }
}
