// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.disk.BlockHeader;
import io.dpiprobe.buffer.disk.BlockRef;
import io.dpiprobe.buffer.disk.DiskBlock;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Presents a block that was read from disk as a batch. */
final class DiskBatch extends HeldBatch {
    private final BlockHeader header;
    private final BlockRef ref;
    private final UnsafeBuffer buffer;

    DiskBatch(DiskBlock block, UnsafeBuffer buffer) {
        this.header = block.header();
        this.ref = block.ref();
        this.buffer = buffer;
    }

    BlockRef ref() {
        return ref;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    @Override
    Ledger.Place home() {
        return Ledger.Place.DISK;
    }

    @Override
    public String epoch() {
        return header.epoch();
    }

    @Override
    public Lane lane() {
        return header.lane();
    }

    @Override
    public int worker() {
        return header.worker();
    }

    @Override
    public long firstSeq() {
        return header.firstSeq();
    }

    @Override
    public long lastSeq() {
        return header.lastSeq();
    }

    @Override
    public int count() {
        return header.count();
    }

    @Override
    public DirectBuffer payload() {
        return buffer;
    }

    @Override
    public int payloadLength() {
        return header.payloadLength();
    }

    @Override
    public Encoding encoding() {
        return header.encoding();
    }

    @Override
    public int plainLength() {
        return header.plainLength();
    }

    @Override
    public long ageNs(long nowNs, long wallMs) {
        return Math.max(0, TimeUnit.MILLISECONDS.toNanos(wallMs - header.firstMs()));
    }
}
