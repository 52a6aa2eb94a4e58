// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps the fields that one direction of a connection has numbered itself, newest first (RFC 7541, 2.3.2).
 *
 * <p>Their bytes lie one behind the other in the order of their coming; when the end of the memory is reached, what is
 * still in use moves to its front.
 */
final class DynamicTable {
    /** Largest table: what browsers offer. One that wants more cannot be followed. */
    @Bound(
            of = "a table of header fields",
            then = "headers with a larger one are invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_SIZE = 64 * 1024;
    /** Before the peer says otherwise (RFC 9113, 6.5.2). */
    static final int DEFAULT_SIZE = 4096;
    /** What a field counts beyond its bytes (RFC 7541, 4.1). */
    private static final int OVERHEAD = 32;

    private static final int USUAL_BYTES = 1024;
    private static final int USUAL_FIELDS = 32;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = {};
    /** Rings of one length: where a field begins, and the lengths of its name and value. */
    private int[] start = {};

    private int[] nameLength = {};
    private int[] valueLength = {};
    /** Fields added so far; the newest is the one before. */
    private int added;

    private int count;
    private int size;
    private int maxSize = DEFAULT_SIZE;
    private int end;

    /** Makes this as new for another connection. */
    void reset() {
        added = 0;
        count = 0;
        size = 0;
        end = 0;
        maxSize = DEFAULT_SIZE;
        if (bytes.length > USUAL_BYTES) {
            bytes = new byte[0];
            view.wrap(bytes);
        }
        if (start.length > USUAL_FIELDS) {
            start = new int[0];
            nameLength = new int[0];
            valueLength = new int[0];
        }
    }

    int count() {
        return count;
    }

    int size() {
        return size;
    }

    /** The sender changes its limit (RFC 7541, 4.3). */
    void resize(int newMaxSize) {
        maxSize = newMaxSize;
        makeRoom(0);
    }

    /** @param index from 0, the newest, to {@link #count()} - 1 */
    void name(int index, Slice into) {
        int slot = slot(index);
        into.wrap(view, start[slot], nameLength[slot]);
    }

    /** @param index from 0, the newest, to {@link #count()} - 1 */
    void value(int index, Slice into) {
        int slot = slot(index);
        into.wrap(view, start[slot] + nameLength[slot], valueLength[slot]);
    }

    /** Adds a field, whose bytes must lie elsewhere; the oldest make room. One larger than the table empties it (4.4). */
    void add(Slice name, Slice value) {
        int length = name.length() + value.length();
        makeRoom(length + OVERHEAD);
        if (length + OVERHEAD > maxSize) {
            return;
        }
        reserveBytes(length);
        reserveSlot();
        int slot = added++ & (start.length - 1);
        start[slot] = end;
        nameLength[slot] = name.length();
        valueLength[slot] = value.length();
        name.buffer().getBytes(name.offset(), bytes, end, name.length());
        value.buffer().getBytes(value.offset(), bytes, end + name.length(), value.length());
        end += length;
        count++;
        size += length + OVERHEAD;
    }

    private int slot(int index) {
        return (added - 1 - index) & (start.length - 1);
    }

    private void makeRoom(int wanted) {
        while (count > 0 && size + wanted > maxSize) {
            int oldest = slot(count - 1);
            size -= nameLength[oldest] + valueLength[oldest] + OVERHEAD;
            count--;
        }
    }

    /** Twice the bytes in use make room, so that what moves is paid for by what was added since. */
    private void reserveBytes(int length) {
        if (end + length <= bytes.length) {
            return;
        }
        int oldest = count == 0 ? end : start[slot(count - 1)];
        int used = end - oldest;
        byte[] target = bytes;
        if (2 * (used + length) > bytes.length) {
            target = new byte[Math.max(USUAL_BYTES, 4 * Integer.highestOneBit(used + length))];
        }
        System.arraycopy(bytes, oldest, target, 0, used);
        bytes = target;
        view.wrap(bytes);
        for (int i = 0; i < count; i++) {
            start[slot(i)] -= oldest;
        }
        end = used;
    }

    private void reserveSlot() {
        if (count < start.length) {
            return;
        }
        int before = start.length;
        int after = Math.max(USUAL_FIELDS, 2 * before);
        start = grown(start, after);
        nameLength = grown(nameLength, after);
        valueLength = grown(valueLength, after);
        added = before;
    }

    /** Unrolls a full ring: the oldest comes first. */
    private int[] grown(int[] ring, int length) {
        int[] grown = Arrays.copyOf(ring, length);
        for (int i = 0; i < ring.length; i++) {
            grown[i] = ring[(added + i) & (ring.length - 1)];
        }
        return grown;
    }
}
