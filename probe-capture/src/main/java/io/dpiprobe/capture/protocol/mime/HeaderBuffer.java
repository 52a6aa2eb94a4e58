// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Joins the lines of one header field, however folded (RFC 5322, 2.2.3), up to a limit. */
final class HeaderBuffer {
    /** Longest field kept: a list of addresses may be long. */
    @Bound(of = "a header field with its continuations", then = "it is cut", unit = Bound.Unit.BYTES)
    static final int MAX_FIELD_BYTES = 8 * 1024;

    private static final int SMALLEST = 256;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = {};
    private int length;

    void clear() {
        length = 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    void append(Slice line) {
        int count = Math.min(line.length(), MAX_FIELD_BYTES - length);
        if (bytes.length < length + count) {
            int wanted = Math.max(SMALLEST, 2 * Integer.highestOneBit(length + count));
            bytes = Arrays.copyOf(bytes, Math.min(MAX_FIELD_BYTES, wanted));
            view.wrap(bytes);
        }
        line.buffer().getBytes(line.offset(), bytes, length, count);
        length += count;
    }

    /** Splits the field at its colon; false if there is none. */
    boolean split(Slice name, Slice value) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == ':') {
                name.wrap(view, 0, i).trim();
                value.wrap(view, i + 1, length - i - 1).trim();
                return !name.isEmpty();
            }
        }
        return false;
    }
}
