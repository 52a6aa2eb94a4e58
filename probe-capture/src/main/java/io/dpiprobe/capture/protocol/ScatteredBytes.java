// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts bytes together that arrive in pieces and in any order, from the first on, up to a limit, in memory that grows with
 * need and is used again.
 */
public final class ScatteredBytes {
    /** Pieces that wait for what is between them: clients that shuffle their hello make a dozen. */
    @Bound(of = "pieces of a handshake that wait for what is between them", then = "further ones are not kept")
    static final int MAX_PIECES = 64;

    private static final byte[] NOTHING = {};

    private final int limit;
    private final UnsafeBuffer view = new UnsafeBuffer(NOTHING);
    private byte[] bytes = NOTHING;
    private int[] starts = {};
    private int[] ends = {};
    private int pieces;

    /** @param limit bytes that may be kept */
    public ScatteredBytes(int limit) {
        this.limit = limit;
    }

    /** Keeps nothing. */
    public void clear() {
        pieces = 0;
    }

    /** Adds a piece; what does not fit the limits is left out. */
    public void add(long offset, Slice data) {
        if (data.isEmpty() || offset + data.length() > limit) {
            return;
        }
        int start = (int) offset;
        int end = start + data.length();
        if (!note(start, end)) {
            return;
        }
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
            view.wrap(bytes);
        }
        data.buffer().getBytes(data.offset(), bytes, start, data.length());
    }

    /** How many bytes there are from the first on, without a hole. */
    public int available() {
        return pieces > 0 && starts[0] == 0 ? ends[0] : 0;
    }

    /** Points at some of the bytes that are {@link #available()}. */
    public Slice slice(int offset, int length, Slice into) {
        return into.wrap(view, offset, length);
    }

    /** Merges a piece with those it touches; the pieces are in order and apart from each other. */
    private boolean note(int start, int end) {
        int from = 0;
        while (from < pieces && ends[from] < start) {
            from++;
        }
        int to = from;
        int mergedStart = start;
        int mergedEnd = end;
        while (to < pieces && starts[to] <= end) {
            mergedStart = Math.min(mergedStart, starts[to]);
            mergedEnd = Math.max(mergedEnd, ends[to]);
            to++;
        }
        int count = pieces - (to - from) + 1;
        if (count > MAX_PIECES) {
            return false;
        }
        makeRoom(count);
        System.arraycopy(starts, to, starts, from + 1, pieces - to);
        System.arraycopy(ends, to, ends, from + 1, pieces - to);
        starts[from] = mergedStart;
        ends[from] = mergedEnd;
        pieces = count;
        return true;
    }

    private void makeRoom(int count) {
        if (count > starts.length) {
            starts = Arrays.copyOf(starts, Math.min(MAX_PIECES, 2 * count));
            ends = Arrays.copyOf(ends, starts.length);
        }
    }
}
