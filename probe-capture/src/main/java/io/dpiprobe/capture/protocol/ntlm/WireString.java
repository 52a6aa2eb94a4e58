// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps a string from the wire as UTF-8 in memory of its own, for longer than the packet lives. Reused. */
public final class WireString {
    /** Longest string kept, in bytes: the longest path of Windows' usual interface, twice. */
    @Bound(of = "a name in a log-in", then = "it is cut", unit = Bound.Unit.BYTES)
    public static final int MAX_BYTES = 520;

    private static final int REPLACEMENT = 0xfffd;

    private final Slice text = new Slice();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = {};
    private int length;

    /** What is kept: valid until the next change. */
    public Slice text() {
        return text;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public void clear() {
        begin(0);
        end();
    }

    /** Takes bytes as they are. */
    public void set(Slice source) {
        begin(source.length());
        length = Math.min(source.length(), bytes.length);
        source.buffer().getBytes(source.offset(), bytes, 0, length);
        end();
    }

    /** Takes what another keeps. */
    public void set(WireString other) {
        set(other.text);
    }

    /** Takes little-endian UTF-16; an odd last byte and halves of pairs do not survive. */
    public void setUtf16(Slice source) {
        begin(source.length() / 2 * 3);
        for (int i = 0; i + 1 < source.length() && length + 4 <= bytes.length; i += 2) {
            int unit = unit(source, i);
            if (Character.isHighSurrogate((char) unit) && i + 3 < source.length()) {
                int next = unit(source, i + 2);
                boolean pair = Character.isLowSurrogate((char) next);
                put(pair ? Character.toCodePoint((char) unit, (char) next) : REPLACEMENT);
                i += pair ? 2 : 0;
            } else {
                put(Character.isSurrogate((char) unit) ? REPLACEMENT : unit);
            }
        }
        end();
    }

    private static int unit(Slice source, int at) {
        return source.u8(at) | source.u8(at + 1) << 8;
    }

    private void begin(int capacity) {
        length = 0;
        int needed = Math.min(capacity + 4, MAX_BYTES);
        if (bytes.length < needed) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Integer.highestOneBit(needed) * 2));
        }
    }

    private void end() {
        view.wrap(bytes);
        text.wrap(view, 0, length);
    }

    private void put(int point) {
        if (point < 0x80) {
            bytes[length++] = (byte) point;
        } else if (point < 0x800) {
            bytes[length++] = (byte) (0xc0 | point >> 6);
            putTail(point);
        } else if (point < 0x1_0000) {
            bytes[length++] = (byte) (0xe0 | point >> 12);
            putTail(point >> 6);
            putTail(point);
        } else {
            bytes[length++] = (byte) (0xf0 | point >> 18);
            putTail(point >> 12);
            putTail(point >> 6);
            putTail(point);
        }
    }

    private void putTail(int bits) {
        bytes[length++] = (byte) (0x80 | (bits & 0x3f));
    }
}
