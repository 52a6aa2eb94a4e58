// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps bytes for longer than the packet they came in, up to a limit, in memory that grows once and is used again. */
final class KeptBytes {
    private final int limit;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = new byte[512];
    private int length;

    KeptBytes(int limit) {
        this.limit = limit;
        view.wrap(bytes);
    }

    void clear() {
        length = 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    /** Adds bytes; false if that is more than may be kept. */
    boolean add(DirectBuffer source, int offset, int count) {
        if (length + count > limit) {
            return false;
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
            view.wrap(bytes);
        }
        source.getBytes(offset, bytes, length, count);
        length += count;
        return true;
    }

    /** Keeps these bytes and nothing else; empty if they are more than may be kept. */
    void set(Slice source) {
        clear();
        add(source.buffer(), source.offset(), source.length());
    }

    /** Takes bytes off the front. */
    void remove(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
    }

    /** Points a cursor at what is kept. */
    Cursor read(Cursor in) {
        return in.wrap(view, 0, length);
    }

    byte[] bytes() {
        return bytes;
    }
}
