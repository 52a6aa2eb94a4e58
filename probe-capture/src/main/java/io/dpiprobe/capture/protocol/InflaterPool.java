// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.buffer.Bound;
import java.util.ArrayDeque;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Lends decompressors (raw deflate, RFC 1951) to bodies that are under way. Owned by one worker. */
public final class InflaterPool {
    /** Bodies decompressed at the same time; further ones are taken as they are. Each takes about 40 KiB outside the heap. */
    @Bound(of = "bodies decompressed at the same time, for each worker", then = "further ones are taken as they are")
    static final int MAX_LENT = 1024;
    /** What is kept for the next body. */
    private static final int MAX_IDLE = 64;

    /** Codings upon each other that are undone at the same time. */
    @Bound(of = "codings upon each other", then = "what lies deeper is taken as it is")
    public static final int MAX_LAYERS = 2;

    private static final int OUTPUT_BYTES = 8 * 1024;

    private final byte[][] outputs = new byte[MAX_LAYERS][OUTPUT_BYTES];
    private final ArrayDeque<Inflater> idle = new ArrayDeque<>();
    private int lent;

    /** A decompressor at its beginning; null if too many are lent. */
    @Nullable
    public Inflater borrow() {
        if (lent == MAX_LENT) {
            return null;
        }
        lent++;
        Inflater inflater = idle.pollLast();
        return inflater != null ? inflater : new Inflater(true);
    }

    /** Where a layer, from 0, puts what it decompresses: it is done with before the next call. */
    public byte[] output(int layer) {
        return outputs[layer];
    }

    /** Takes back what was lent. */
    public void giveBack(Inflater inflater) {
        lent--;
        if (idle.size() < MAX_IDLE) {
            inflater.reset();
            idle.addLast(inflater);
        } else {
            inflater.end();
        }
    }
}
