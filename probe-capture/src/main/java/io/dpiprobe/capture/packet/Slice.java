// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Remembers where a field lies without copying it. Valid as long as the bytes beneath: until the dissector returns.
 */
public final class Slice {
    private static final DirectBuffer NOTHING = new UnsafeBuffer(0, 0);

    private DirectBuffer buffer = NOTHING;
    private int offset;
    private int length;

    public Slice wrap(DirectBuffer buffer, int offset, int length) {
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        return this;
    }

    /** Makes the slice empty. */
    public void clear() {
        wrap(NOTHING, 0, 0);
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** The byte at {@code index}, unsigned. */
    public int u8(int index) {
        assert index >= 0 && index < length : index;
        return buffer.getByte(offset + index) & 0xff;
    }

    /** The two bytes at {@code index} as an unsigned number, network order. */
    public int u16(int index) {
        assert index >= 0 && index + 2 <= length : index;
        return Wire.u16(buffer, offset + index);
    }

    /** The four bytes at {@code index} as an unsigned number, network order. */
    public long u32(int index) {
        assert index >= 0 && index + 4 <= length : index;
        return Wire.u32(buffer, offset + index);
    }

    /** Equal to these ASCII characters, letter case aside. */
    public boolean equalsIgnoreCase(String ascii) {
        return ascii.length() == length && startsWithIgnoreCase(ascii);
    }

    /** Begins with these ASCII characters, letter case aside. */
    public boolean startsWithIgnoreCase(String ascii) {
        if (ascii.length() > length) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (lower(u8(i)) != lower(ascii.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Takes {@code count} bytes off the front. */
    public void advance(int count) {
        assert count >= 0 && count <= length : count;
        offset += count;
        length -= count;
    }

    /** Takes spaces and tabs off both ends. */
    public Slice trim() {
        while (length > 0 && isBlank(u8(0))) {
            advance(1);
        }
        while (length > 0 && isBlank(u8(length - 1))) {
            length--;
        }
        return this;
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }
}
