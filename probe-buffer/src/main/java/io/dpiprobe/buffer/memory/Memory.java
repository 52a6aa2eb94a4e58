// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes off-heap memory once and cuts it into pieces.
 *
 * <p>The JDK fills direct buffers with zeros when it makes them, so every page is touched at once and the resident size
 * does not grow later. The JVM's limit on direct memory must allow it (-XX:MaxDirectMemorySize).
 */
public final class Memory {
    /** A buffer has an int for its size; and small ones fit where a large one would not. */
    private static final int CHUNK_BYTES = 64 << 20;

    private Memory() {}

    /** Takes this many pieces of this size. */
    public static List<UnsafeBuffer> pieces(int count, int pieceBytes) {
        List<UnsafeBuffer> pieces = new ArrayList<>(count);
        int perChunk = CHUNK_BYTES / pieceBytes;
        while (pieces.size() < count) {
            int now = Math.min(perChunk, count - pieces.size());
            ByteBuffer chunk = ByteBuffer.allocateDirect(now * pieceBytes);
            for (int i = 0; i < now; i++) {
                pieces.add(new UnsafeBuffer(chunk, i * pieceBytes, pieceBytes));
            }
        }
        return pieces;
    }
}
