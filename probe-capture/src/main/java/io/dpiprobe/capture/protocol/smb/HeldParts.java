// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.stream.BufferPool;
import org.agrona.concurrent.UnsafeBuffer;

/** Holds parts of a file that came before those in front of them: clients read many parts at once. Reused. */
final class HeldParts {
    /** Parts held of one file: clients have up to eight or sixteen reads under way. */
    @Bound(of = "parts of a file that came out of order", then = "the file has a gap", seen = "fileinfo.gaps")
    static final int MAX_PARTS = 16;
    /** What does not lie in any part. */
    static final long NONE = Long.MAX_VALUE;

    private final byte[][] bytes = new byte[MAX_PARTS][];
    private final long[] offsets = new long[MAX_PARTS];
    private final int[] lengths = new int[MAX_PARTS];
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private int count;

    /** Makes room for a part that is filled by {@link #append}; false if there is none. */
    boolean begin(long offset, long length, BufferPool pool) {
        if (count == MAX_PARTS || length > BufferPool.LARGEST) {
            return false;
        }
        byte[] room = pool.borrow((int) length);
        if (room.length == 0) {
            return false;
        }
        bytes[count] = room;
        offsets[count] = offset;
        lengths[count++] = 0;
        return true;
    }

    /** Adds to the part begun last; what was not announced is left out. */
    void append(Slice more) {
        int last = count - 1;
        int taken = Math.min(more.length(), bytes[last].length - lengths[last]);
        more.buffer().getBytes(more.offset(), bytes[last], lengths[last], taken);
        lengths[last] += taken;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Where the foremost part begins. */
    long first() {
        return count == 0 ? NONE : offsets[indexOfFirst()];
    }

    /** Points at the foremost part, takes it out, and gives its memory back: it is valid until another part begins. */
    void take(Slice into, BufferPool pool) {
        int index = indexOfFirst();
        view.wrap(bytes[index]);
        into.wrap(view, 0, lengths[index]);
        pool.giveBack(bytes[index]);
        count--;
        bytes[index] = bytes[count];
        offsets[index] = offsets[count];
        lengths[index] = lengths[count];
    }

    private int indexOfFirst() {
        int first = 0;
        for (int i = 1; i < count; i++) {
            first = offsets[i] < offsets[first] ? i : first;
        }
        return first;
    }
}
