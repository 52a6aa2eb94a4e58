// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/** Puts together the line that one side writes, as a screen shows it: edited, and without sequences of control. */
final class TextLine {
    /** Longest line kept: three rows of a screen. */
    @Bound(of = "a line of text", then = "its end is left out", unit = Bound.Unit.BYTES)
    static final int MAX_BYTES = 256;

    private static final int BACKSPACE = 0x08;
    private static final int KILL_LINE = 0x15;
    private static final int ESCAPE = 0x1b;
    private static final int DELETE = 0x7f;

    private final byte[] bytes = new byte[MAX_BYTES];
    private final UnsafeBuffer view = new UnsafeBuffer(bytes);
    private int length;
    private boolean lost;
    private boolean afterReturn;
    private Escape escape = Escape.NONE;

    private enum Escape {
        NONE,
        BEGUN,
        PARAMETERS
    }

    /** True if this byte only completes the end of a line that was seen: CR LF, CR NUL (RFC 854, page 11). */
    boolean completesReturn(int octet) {
        boolean completes = afterReturn && (octet == '\n' || octet == 0);
        afterReturn = false;
        return completes;
    }

    /**
     * Adds what a client types.
     *
     * @param kept whether the text itself is, or only that there is some
     * @return true if the line ends with it
     */
    boolean onTyped(int octet, boolean kept) {
        if (octet == '\r' || octet == '\n') {
            afterReturn = octet == '\r';
            return true;
        }
        if (octet == KILL_LINE) {
            clear();
        } else {
            onText(octet, kept);
        }
        return false;
    }

    /**
     * Adds what a server shows.
     *
     * @return true if the line ends with it
     */
    boolean onShown(int octet) {
        if (octet != '\n') {
            onText(octet, true);
        }
        return octet == '\n';
    }

    /** Bytes are missing in it. */
    void onLost() {
        lost = true;
        escape = Escape.NONE;
        afterReturn = false;
    }

    /** The line so far without spaces around it; empty if it is not known whole. Valid until the next change. */
    Slice text(Slice into) {
        return into.wrap(view, 0, lost ? 0 : length).trim();
    }

    /** Keeps what a slice points at instead. */
    void set(Slice text) {
        clear();
        length = Math.min(text.length(), MAX_BYTES);
        text.buffer().getBytes(text.offset(), bytes, 0, length);
    }

    boolean endsWith(Slice text) {
        int start = length - text.length();
        for (int i = 0; i < text.length(); i++) {
            if (start < 0 || (bytes[start + i] & 0xff) != text.u8(i)) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty() {
        return length == 0;
    }

    void clear() {
        length = 0;
        lost = false;
        escape = Escape.NONE;
    }

    void reset() {
        clear();
        afterReturn = false;
    }

    private void onText(int octet, boolean kept) {
        if (escape != Escape.NONE) {
            onEscape(octet);
        } else if (octet == ESCAPE) {
            escape = Escape.BEGUN;
        } else if (octet == BACKSPACE || octet == DELETE) {
            length = Math.max(0, length - 1);
        } else if (octet >= ' ' || octet == '\t') {
            add(octet, kept);
        }
    }

    /** A sequence that moves or colours: ESC and a letter, or ESC, bracket, numbers and a letter (ECMA-48, 5.4). */
    private void onEscape(int octet) {
        if (escape == Escape.BEGUN) {
            escape = octet == '[' ? Escape.PARAMETERS : Escape.NONE;
        } else if (octet < ' ' || octet >= '@') {
            escape = Escape.NONE;
        }
    }

    private void add(int octet, boolean kept) {
        if (length < MAX_BYTES) {
            bytes[length++] = kept ? (byte) octet : (byte) '*';
        }
    }
}
