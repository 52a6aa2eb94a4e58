// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.memory.Segment;
import org.agrona.DirectBuffer;

/** Presents a sealed segment as a batch. */
final class MemoryBatch extends HeldBatch {
    private final Segment segment;
    private final String epoch;

    MemoryBatch(Segment segment, String epoch) {
        this.segment = segment;
        this.epoch = epoch;
    }

    Segment segment() {
        return segment;
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
}
