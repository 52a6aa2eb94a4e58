// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Puts a header block together from its frames (RFC 9113, 4.3). */
final class HeaderBlock {
    /** Longest block: several times what servers accept, compressed. */
    @Bound(
            of = "headers of a message, compressed, over all CONTINUATION frames",
            then = "the connection is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_BYTES = 64 * 1024;

    private static final int USUAL_BYTES = 1024;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = {};
    private int length;

    /** Adds what the next frame has of it; false if it grows too long. */
    boolean add(Slice fragment) {
        int count = fragment.length();
        if (count > MAX_BYTES - length) {
            return false;
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(USUAL_BYTES, 2 * Integer.highestOneBit(length + count)));
            view.wrap(bytes);
        }
        fragment.buffer().getBytes(fragment.offset(), bytes, length, count);
        length += count;
        return true;
    }

    /** Points a cursor at what there is. */
    Cursor wrap(Cursor cursor) {
        return cursor.wrap(view, 0, length);
    }

    void clear() {
        length = 0;
        if (bytes.length > USUAL_BYTES) {
            bytes = new byte[0];
            view.wrap(bytes);
        }
    }
}
