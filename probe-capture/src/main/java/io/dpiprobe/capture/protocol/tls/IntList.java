// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.protocol.Cursor;
import java.util.Arrays;

/** Collects numbers of a list up to a limit, in memory it keeps. */
public final class IntList {
    private final int[] values;
    private int size;

    /** @param limit values that may be kept */
    public IntList(int limit) {
        values = new int[limit];
    }

    public void clear() {
        size = 0;
    }

    /** Adds a value; one too many makes the message invalid. */
    public void add(int value, Cursor in) {
        in.require(size < values.length);
        if (!in.failed()) {
            values[size++] = value;
        }
    }

    /** Reads 16-bit numbers to the end of what was entered. */
    void readAll(Cursor in) {
        while (in.hasRemaining()) {
            add(in.u16(), in);
        }
    }

    public int size() {
        return size;
    }

    public int get(int index) {
        return values[index];
    }

    /** Takes over the values of another list, without GREASE, in ascending order. */
    void sortedFrom(IntList other) {
        size = 0;
        for (int i = 0; i < other.size; i++) {
            if (!Grease.is(other.values[i])) {
                values[size++] = other.values[i];
            }
        }
        Arrays.sort(values, 0, size);
    }

    /** How many values are not GREASE. */
    int countWithoutGrease() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += Grease.is(values[i]) ? 0 : 1;
        }
        return count;
    }
}
