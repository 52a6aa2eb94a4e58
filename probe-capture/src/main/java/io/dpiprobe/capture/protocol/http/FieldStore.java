// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Copies the few values of an exchange that its event shows, since their segments are gone by the time it is written. */
final class FieldStore {
    /** Bytes of one value kept: as long as an event shows. */
    @Bound(of = "a value of a header", then = "it is cut", seen = "probe.truncated", unit = Bound.Unit.BYTES)
    static final int MAX_VALUE_BYTES = 8 * 1024;
    /** Bytes of one exchange kept: three longest values; what comes later is left out. */
    @Bound(
            of = "values of an exchange together",
            then = "further ones are left out",
            seen = "probe.truncated",
            unit = Bound.Unit.BYTES)
    static final int MAX_BYTES = 24 * 1024;
    /** What most exchanges need, and what is kept for the next one. */
    private static final int USUAL_BYTES = 1024;

    private final int[] start = new int[HttpField.COUNT];
    private final int[] length = new int[HttpField.COUNT];
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = {};
    private int used;
    private boolean cut;

    FieldStore() {
        clear();
    }

    /** Forgets every value. */
    void clear() {
        used = 0;
        cut = false;
        Arrays.fill(start, 0);
        Arrays.fill(length, -1);
        if (bytes.length > USUAL_BYTES) {
            bytes = new byte[0];
            view.wrap(bytes);
        }
    }

    /** True if a value was cut or left out. */
    boolean isCut() {
        return cut;
    }

    boolean has(HttpField field) {
        return length[field.ordinal()] >= 0;
    }

    /** Points {@code into} at a value; empties it if there is none. Valid until the next {@link #put}. */
    Slice get(HttpField field, Slice into) {
        if (has(field)) {
            into.wrap(view, start[field.ordinal()], length[field.ordinal()]);
        } else {
            into.clear();
        }
        return into;
    }

    /** Keeps a value; one that is there already is continued behind a comma (RFC 9110, 5.3). */
    void put(HttpField field, Slice value) {
        join(field, ',', value);
    }

    /** Continues a value behind a blank. */
    void append(HttpField field, Slice value) {
        join(field, ' ', value);
    }

    private void join(HttpField field, char separator, Slice value) {
        int index = field.ordinal();
        int before = Math.max(0, length[index]);
        int room = Math.min(MAX_VALUE_BYTES - before, MAX_BYTES - used - before) - 2;
        int count = Math.min(value.length(), room);
        cut |= count < value.length();
        if (count < 0) {
            return;
        }
        reserve(used + before + count + 2);
        System.arraycopy(bytes, start[index], bytes, used, before);
        start[index] = used;
        used += before;
        if (before > 0) {
            if (separator != ' ') {
                bytes[used++] = (byte) separator;
            }
            bytes[used++] = ' ';
        }
        value.buffer().getBytes(value.offset(), bytes, used, count);
        used += count;
        length[index] = used - start[index];
    }

    /** Replaces a value. */
    void replace(HttpField field, Slice value) {
        remove(field);
        put(field, value);
    }

    void remove(HttpField field) {
        length[field.ordinal()] = -1;
    }

    private void reserve(int size) {
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, Math.max(USUAL_BYTES / 2, 2 * bytes.length)));
            view.wrap(bytes);
        }
    }
}
