// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps bytes for longer than the packet they came in, up to a limit, in memory that grows once and is used again. */
public final class KeptBytes {
    /** What is taken when the first bytes come: most are of this length or shorter. */
    private static final int FIRST_BYTES = 256;

    private final int limit;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = {};
    private int length;

    /** @param limit most bytes kept */
    public KeptBytes(int limit) {
        this.limit = limit;
    }

    /** Keeps nothing. */
    public void clear() {
        length = 0;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public int length() {
        return length;
    }

    /** Adds bytes; false if that is more than may be kept. */
    public boolean add(DirectBuffer source, int offset, int count) {
        if (length + count > limit) {
            return false;
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.max(FIRST_BYTES, 2 * bytes.length)));
            view.wrap(bytes);
        }
        source.getBytes(offset, bytes, length, count);
        length += count;
        return true;
    }

    /** Keeps these bytes and nothing else; empty if they are more than may be kept. */
    public void set(Slice source) {
        clear();
        add(source.buffer(), source.offset(), source.length());
    }

    /** Takes bytes off the front. */
    public void remove(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
    }

    /** Points a cursor at what is kept. */
    public Cursor read(Cursor in) {
        return in.wrap(view, 0, length);
    }

    /** Points at what is kept. */
    public Slice slice(Slice into) {
        return into.wrap(view, 0, length);
    }

    public byte[] bytes() {
        return bytes;
    }
}
