// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.memory;

import io.dpiprobe.buffer.Lane;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Holds a run of events of one lane and worker as NDJSON in a slice of off-heap memory.
 *
 * <p>Owned by one party at a time: its worker while open, then whoever took it from the ring.
 */
public final class Segment {
    private final UnsafeBuffer memory;
    private Lane lane = Lane.LOW;
    private int worker;
    private long firstSeq;
    private long lastSeq;
    private int count;
    private int length;
    private long openedAtNs;

    @Nullable
    Segment next;

    Segment(UnsafeBuffer memory) {
        this.memory = memory;
    }

    void open(Lane newLane, int newWorker, long nowNs) {
        lane = newLane;
        worker = newWorker;
        count = 0;
        length = 0;
        openedAtNs = nowNs;
    }

    boolean hasRoomFor(int eventLength) {
        return length + eventLength + 1 <= memory.capacity();
    }

    void append(long seq, DirectBuffer event, int offset, int eventLength) {
        memory.putBytes(length, event, offset, eventLength);
        memory.putByte(length + eventLength, (byte) '\n');
        length += eventLength + 1;
        if (count == 0) {
            firstSeq = seq;
        }
        lastSeq = seq;
        count++;
    }

    public Lane lane() {
        return lane;
    }

    public int worker() {
        return worker;
    }

    public long firstSeq() {
        return firstSeq;
    }

    public long lastSeq() {
        return lastSeq;
    }

    /** Number of events. */
    public int count() {
        return count;
    }

    /** Bytes of NDJSON, from the start of {@link #memory()}. */
    public int length() {
        return length;
    }

    public DirectBuffer memory() {
        return memory;
    }

    /** When the first event came, in the worker's clock. */
    public long openedAtNs() {
        return openedAtNs;
    }
}
