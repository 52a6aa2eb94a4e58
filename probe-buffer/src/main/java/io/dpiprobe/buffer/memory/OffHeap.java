// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.memory;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes off-heap memory once and cuts it into pieces.
 *
 * <p>Nothing is written to it: the system finds a page when the first event comes there, so the resident size is what was
 * needed, not the budget. A direct buffer of the JDK would be filled with zeros at once. It is given back when no piece
 * can be reached any more.
 */
public final class OffHeap {
    /** A buffer has an int for its size; and small ones fit where a large one would not. */
    private static final int CHUNK_BYTES = 64 << 20;

    private OffHeap() {}

    /**
     * Takes this many pieces of this size.
     *
     * @throws OutOfMemoryError if the system does not promise as much
     */
    public static List<UnsafeBuffer> pieces(int count, int pieceBytes) {
        List<UnsafeBuffer> pieces = new ArrayList<>(count);
        int perChunk = CHUNK_BYTES / pieceBytes;
        while (pieces.size() < count) {
            int now = Math.min(perChunk, count - pieces.size());
            long bytes = (long) now * pieceBytes;
            ByteBuffer chunk = new Memory(bytes).getByteBuffer(0, bytes);
            for (int i = 0; i < now; i++) {
                pieces.add(new UnsafeBuffer(chunk, i * pieceBytes, pieceBytes));
            }
        }
        return pieces;
    }
}
