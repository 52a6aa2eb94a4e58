// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps the fields of one direction of a stream, in the order of their coming. */
final class HeaderList {
    /** Bytes of names and values kept: a few times what servers accept; what comes later is left out. */
    @Bound(
            of = "names and values of a message, decompressed",
            then = "further ones are left out",
            unit = Bound.Unit.BYTES)
    static final int MAX_BYTES = 32 * 1024;
    /** Fields kept: several times what browsers and servers send. */
    @Bound(of = "fields of a message", then = "further ones are left out")
    static final int MAX_FIELDS = 256;

    private static final int USUAL_BYTES = 1024;
    private static final int USUAL_FIELDS = 32;
    private static final int SIZE_UPDATE = -1;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = {};
    private int[] start = {};
    private int[] nameLength = {};
    private int[] valueLength = {};
    private int count;
    private int used;

    /** Forgets every field. */
    void clear() {
        count = 0;
        used = 0;
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

    /** Adds a field, or leaves it out if there are too many. */
    void add(Slice name, Slice value) {
        int length = name.length() + value.length();
        if (length > MAX_BYTES - used || count == MAX_FIELDS) {
            return;
        }
        reserve(length);
        start[count] = used;
        nameLength[count] = name.length();
        valueLength[count++] = value.length();
        name.buffer().getBytes(name.offset(), bytes, used, name.length());
        value.buffer().getBytes(value.offset(), bytes, used + name.length(), value.length());
        used += length;
    }

    /** Adds a change of the dynamic table's size, which events show in its place among the fields. */
    void addSizeUpdate(int size) {
        if (count < MAX_FIELDS) {
            reserve(0);
            nameLength[count] = SIZE_UPDATE;
            valueLength[count++] = size;
        }
    }

    boolean isSizeUpdate(int index) {
        return nameLength[index] == SIZE_UPDATE;
    }

    int sizeUpdate(int index) {
        return valueLength[index];
    }

    /** Valid until the next field is added. */
    Slice name(int index, Slice into) {
        return into.wrap(view, start[index], nameLength[index]);
    }

    /** Valid until the next field is added. */
    Slice value(int index, Slice into) {
        return into.wrap(view, start[index] + nameLength[index], valueLength[index]);
    }

    /** Points {@code into} at the value of the last field of this name: false, and empty, if there is none. */
    boolean find(String name, Slice into) {
        for (int i = count - 1; i >= 0; i--) {
            if (nameLength[i] == name.length() && name(i, into).equalsIgnoreCase(name)) {
                value(i, into);
                return true;
            }
        }
        into.clear();
        return false;
    }

    private void reserve(int length) {
        if (used + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(used + length, Math.max(USUAL_BYTES, 2 * bytes.length)));
            view.wrap(bytes);
        }
        if (count == start.length) {
            int fields = Math.max(USUAL_FIELDS, 2 * count);
            start = Arrays.copyOf(start, fields);
            nameLength = Arrays.copyOf(nameLength, fields);
            valueLength = Arrays.copyOf(valueLength, fields);
        }
    }
}
