// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.text;

import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps pieces of text, one behind the other, until an event is written; bounded, and used again. */
public final class ByteStore {
    private static final int SMALLEST = 64;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final int maxPieces;
    private final int maxBytes;
    private byte[] bytes = {};
    private int[] ends = {};
    private int count;

    /**
     * @param maxPieces how many pieces are kept
     * @param maxBytes how many bytes are kept of all together
     */
    public ByteStore(int maxPieces, int maxBytes) {
        this.maxPieces = maxPieces;
        this.maxBytes = maxBytes;
    }

    public void clear() {
        count = 0;
    }

    /** Adds a piece; false if it was cut or left out for want of room. */
    public boolean add(Slice piece) {
        if (count == maxPieces) {
            return false;
        }
        int start = end(count);
        int length = Math.min(piece.length(), maxBytes - start);
        if (ends.length == count) {
            ends = Arrays.copyOf(ends, Math.min(maxPieces, Math.max(4, 2 * count)));
        }
        if (bytes.length < start + length) {
            int wanted = Math.max(SMALLEST, 2 * Integer.highestOneBit(start + length));
            bytes = Arrays.copyOf(bytes, Math.min(maxBytes, wanted));
            view.wrap(bytes);
        }
        piece.buffer().getBytes(piece.offset(), bytes, start, length);
        ends[count++] = start + length;
        return length == piece.length();
    }

    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Points {@code into} at the piece at {@code index}, from 0. */
    public Slice get(int index, Slice into) {
        assert index >= 0 && index < count : index;
        int start = end(index);
        return into.wrap(view, start, ends[index] - start);
    }

    private int end(int pieces) {
        return pieces == 0 ? 0 : ends[pieces - 1];
    }
}
