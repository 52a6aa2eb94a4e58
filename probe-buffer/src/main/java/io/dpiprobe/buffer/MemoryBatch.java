// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.disk.BlockRef;
import io.dpiprobe.buffer.memory.Segment;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Presents a sealed segment as a batch.
 *
 * <p>Before newer events of its lane go to disk, a batch that is held by the transport is copied there too, so that the
 * order on disk has no holes. Guarded by the lock of the ring.
 */
final class MemoryBatch extends HeldBatch {
    private final Segment segment;
    private final String epoch;
    private boolean beingCopied;
    private boolean settled;
    private @Nullable BlockRef copy;

    MemoryBatch(Segment segment, String epoch) {
        this.segment = segment;
        this.epoch = epoch;
    }

    Segment segment() {
        return segment;
    }

    boolean isBeingCopied() {
        return beingCopied;
    }

    void beingCopied(boolean now) {
        beingCopied = now;
    }

    boolean isSettled() {
        return settled;
    }

    void settled() {
        settled = true;
    }

    /** The block on disk with the same events, if there is one. */
    @Nullable
    BlockRef copy() {
        return copy;
    }

    void copied(BlockRef ref) {
        copy = ref;
    }

    @Override
    Ledger.Place home() {
        return Ledger.Place.MEMORY;
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public Lane lane() {
        return segment.lane();
    }

    @Override
    public int worker() {
        return segment.worker();
    }

    @Override
    public long firstSeq() {
        return segment.firstSeq();
    }

    @Override
    public long lastSeq() {
        return segment.lastSeq();
    }

    @Override
    public int count() {
        return segment.count();
    }

    @Override
    public DirectBuffer payload() {
        return segment.memory();
    }

    @Override
    public int payloadLength() {
        return segment.length();
    }

    @Override
    public Encoding encoding() {
        return Encoding.PLAIN;
    }

    @Override
    public int plainLength() {
        return segment.length();
    }

    @Override
    public long ageNs(long nowNs, long wallMs) {
        return Math.max(0, nowNs - segment.openedAtNs());
    }
}
