// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the first handshake message of one side together from the data of CRYPTO frames (RFC 9000, 7.5 and 19.6), which
 * may come in any order and in any number of packets.
 */
final class CryptoStream {
    /** Bytes kept: hellos with the largest post-quantum key shares have about four thousand. */
    static final int MAX_BYTES = 16 * 1024;
    /** Pieces that wait for what is between them: clients that shuffle their hello make a dozen. */
    static final int MAX_PIECES = 64;

    private static final int HEADER_LENGTH = 4;
    private static final byte[] NOTHING = {};

    private final UnsafeBuffer view = new UnsafeBuffer(NOTHING);
    private byte[] bytes = NOTHING;
    private int[] starts = {};
    private int[] ends = {};
    private int pieces;

    void clear() {
        pieces = 0;
    }

    /** Adds what a frame carries; what does not fit the limits is left out. */
    void add(long offset, Slice data) {
        if (data.isEmpty() || offset + data.length() > MAX_BYTES) {
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

    /** True once the first message is here from its beginning to its end. */
    boolean isComplete() {
        return available() >= HEADER_LENGTH && available() >= HEADER_LENGTH + length();
    }

    /** The type of the first message. */
    int type() {
        return bytes[0] & 0xff;
    }

    /** Points at the body of the first message. */
    Cursor read(Cursor in) {
        return in.wrap(view, HEADER_LENGTH, length());
    }

    private int available() {
        return pieces > 0 && starts[0] == 0 ? ends[0] : 0;
    }

    private int length() {
        return (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    }

    /** Merges a piece with those it touches, which are in order and apart from each other. */
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
