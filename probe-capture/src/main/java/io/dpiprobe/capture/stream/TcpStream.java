// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import io.dpiprobe.capture.flow.Direction;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Puts the segments of one direction of a connection in order.
 *
 * <p>Positions are 64-bit offsets from the first byte of payload, so that sequence numbers may wrap. Where segments
 * overlap, the bytes that came first stay.
 *
 * <pre>
 *   done with        held, in order          holes and segments out of order
 *  ...────────┬─────────────────────────┬──────────┬────────┬─────────
 *           heldFrom                 inOrder     start[0]  end[0]
 *                        acked: what the receiver has said it has
 * </pre>
 */
final class TcpStream {
    /** Segments out of order that are kept apart: more is loss or an attack. */
    static final int MAX_RANGES = 64;
    /** Bytes held at most: above three quarters of an array moving them to its front would cost too much. */
    static final int MAX_HELD = BufferPool.LARGEST / 4 * 3;

    /** What a FIN takes of the sequence space: one byte acknowledged beyond the data need not be lost data. */
    private static final int FIN_LENGTH = 1;
    /**
     * Packets of the receiver that acknowledge bytes which did not come, before they are taken for lost: where packets of
     * two directions are captured by two queues, an acknowledgment may be read before what it acknowledges.
     */
    static final int MAX_ACKS_AHEAD = 16;
    /** A keep-alive repeats the last byte, or has any byte in its place (RFC 9293, 3.8.4). */
    private static final int KEEP_ALIVE_LENGTH = 1;

    private static final long[] NO_RANGES = {};
    private static final int FIRST_RANGES = 4;

    private final Direction direction;
    private final BufferPool pool;

    /** Made when the first segment comes out of order, which most connections never see. */
    private long[] start = NO_RANGES;

    private long[] end = NO_RANGES;
    private byte[] held = BufferPool.NONE;
    private int head;
    private int ranges;
    private boolean started;
    private int nextSeq;
    private long heldFrom;
    private long inOrder;
    private long acked;
    private int acksAhead;
    private long finOffset = -1;
    private long gaps;
    private long retransmitted;

    TcpStream(Direction direction, BufferPool pool) {
        this.direction = direction;
        this.pool = pool;
    }

    void reset() {
        releaseMemory();
        ranges = 0;
        started = false;
        heldFrom = 0;
        inOrder = 0;
        acked = 0;
        acksAhead = 0;
        finOffset = -1;
        gaps = 0;
        retransmitted = 0;
    }

    /** Says which sequence number the first byte of payload has. */
    void startAt(int seq) {
        started = true;
        nextSeq = seq;
    }

    boolean isStarted() {
        return started;
    }

    /** The sequence number expected next. */
    int nextSeq() {
        return nextSeq;
    }

    /** Offset of a sequence number, by the shorter way around. */
    long offsetOf(int seq) {
        return inOrder + (seq - nextSeq);
    }

    /** Gaps so far. */
    long gaps() {
        return gaps;
    }

    /** Segments that brought nothing new. */
    long retransmitted() {
        return retransmitted;
    }

    /** Keeps what is new in a segment. */
    void add(int seq, DirectBuffer bytes, int offset, int length) {
        long from = offsetOf(seq);
        long to = from + length;
        if (to <= inOrder) {
            retransmitted++;
            return;
        }
        if (!reserve(to)) {
            return; // beyond what may be held: it becomes a gap if it is not sent again
        }
        copyNew(Math.max(from, inOrder), to, from, bytes, offset);
        if (from <= inOrder) {
            advanceTo(to);
        } else {
            addRange(from, to);
        }
    }

    /** True if a segment says something else than was kept of the same place. */
    boolean conflictsWith(int seq, DirectBuffer bytes, int offset, int length) {
        long from = offsetOf(seq);
        long to = from + length;
        if (length <= KEEP_ALIVE_LENGTH || held.length == 0 || (from >= inOrder && ranges == 0)) {
            return false;
        }
        boolean differs = differs(Math.max(from, heldFrom), Math.min(to, inOrder), from, bytes, offset);
        for (int i = 0; i < ranges && start[i] < to; i++) {
            differs |= differs(Math.max(from, start[i]), Math.min(to, end[i]), from, bytes, offset);
        }
        return differs;
    }

    private boolean differs(long from, long to, long segmentFrom, DirectBuffer bytes, int offset) {
        for (long at = from; at < to; at++) {
            byte kept = held[head + (int) (at - heldFrom)];
            if (kept != bytes.getByte(offset + (int) (at - segmentFrom))) {
                return true;
            }
        }
        return false;
    }

    /** Notes a segment whose bytes nobody wants. */
    void skip(int seq, int length) {
        long to = offsetOf(seq) + length;
        if (to <= inOrder) {
            retransmitted++;
        } else {
            advanceTo(to);
            heldFrom = inOrder;
            ranges = 0;
            releaseMemory();
        }
    }

    /** Notes that the sender ends the stream: a FIN has this sequence number. */
    void finAt(int seq) {
        finOffset = offsetOf(seq);
    }

    boolean isFinSeen() {
        return finOffset >= 0;
    }

    /** True if the receiver has acknowledged the FIN, which counts as one byte. */
    boolean isFinAcked() {
        return isFinSeen() && acked > finOffset;
    }

    /** Notes what the receiver has acknowledged; it may be more than was captured. */
    void ackedUpTo(int seq) {
        acked = Math.max(acked, offsetOf(seq));
    }

    /** Bytes at hand that the receiver has not acknowledged. */
    long unacked() {
        return (ranges > 0 ? end[ranges - 1] : inOrder) - Math.max(acked, heldFrom);
    }

    /** True if a segment begins so far ahead that it cannot be kept until the hole before it is filled. */
    boolean isOutOfReach(int seq) {
        return offsetOf(seq) - heldFrom > MAX_HELD;
    }

    /** Gives up on everything before a sequence number and goes on there. */
    void resumeAt(int seq, StreamConsumer consumer) {
        deliverAll(consumer);
        skipHole(consumer, offsetOf(seq));
    }

    /** Shows the consumer what the receiver has acknowledged. */
    void deliverAcked(StreamConsumer consumer) {
        deliver(consumer, Math.min(acked, inOrder));
    }

    /**
     * Passes over acknowledged bytes that did not come: those followed by later ones at once, others when they have been
     * awaited for long enough.
     *
     * @return true if there was such a hole
     */
    boolean passHole(StreamConsumer consumer) {
        if (!isAckAhead() || (ranges == 0 && ++acksAhead <= MAX_ACKS_AHEAD)) {
            return false;
        }
        skipHole(consumer, ranges > 0 ? Math.min(start[0], acked) : acked);
        return true;
    }

    /** True if the receiver has acknowledged bytes that were not captured, not yet perhaps. */
    boolean isAckAhead() {
        return acked - inOrder > FIN_LENGTH;
    }

    /** Shows the consumer everything in order. */
    void deliverInOrder(StreamConsumer consumer) {
        deliver(consumer, inOrder);
    }

    /** Shows the consumer everything there is, holes passed over: nothing more will come. */
    void deliverAll(StreamConsumer consumer) {
        deliver(consumer, inOrder);
        while (ranges > 0) {
            skipHole(consumer, start[0]);
            deliver(consumer, inOrder);
        }
    }

    /** Shows the consumer everything there is, and says what else the receiver had: the connection is over. */
    void finish(StreamConsumer consumer) {
        deliverAll(consumer);
        if (isAckAhead()) {
            skipHole(consumer, acked);
        }
    }

    private void deliver(StreamConsumer consumer, long upTo) {
        int length = (int) (upTo - heldFrom);
        if (length <= 0) {
            return;
        }
        if (consumer.wants(direction)) {
            int done = consumer.onBytes(direction, pool.view(held), head, length);
            assert done >= 0 && done <= length : done;
            forget(done);
        }
        if (!consumer.wants(direction)) {
            forget((int) (inOrder - heldFrom));
        }
    }

    private void forget(int count) {
        head += count;
        heldFrom += count;
        if (heldFrom == inOrder && ranges == 0) {
            releaseMemory();
        }
    }

    /** What the consumer was shown and could not use yet goes with the hole, since its continuation is lost. */
    private void skipHole(StreamConsumer consumer, long to) {
        long lost = to - heldFrom;
        head = (int) Math.min(held.length, head + lost);
        heldFrom = to;
        advanceTo(to);
        gaps++;
        if (heldFrom == inOrder && ranges == 0) {
            releaseMemory();
        }
        consumer.onGap(direction, lost);
    }

    private void advanceTo(long to) {
        moveTo(to);
        int joined = 0;
        while (joined < ranges && start[joined] <= inOrder) {
            moveTo(end[joined]);
            joined++;
        }
        removeRanges(0, joined);
    }

    private void moveTo(long to) {
        if (to > inOrder) {
            nextSeq += (int) (to - inOrder);
            acksAhead = 0;
            inOrder = to;
        }
    }

    /** Makes room up to an offset; false if that is more than one direction may hold. */
    private boolean reserve(long to) {
        long need = to - heldFrom;
        if (head + need <= held.length) {
            return true;
        }
        if (need > MAX_HELD) {
            return false;
        }
        long used = (ranges > 0 ? end[ranges - 1] : inOrder) - heldFrom;
        if (need <= held.length * 3L / 4) {
            System.arraycopy(held, head, held, 0, (int) used);
        } else {
            byte[] larger = pool.borrow((int) (need * 4 / 3));
            if (larger.length == 0) {
                return false;
            }
            System.arraycopy(held, head, larger, 0, (int) used);
            pool.giveBack(held);
            held = larger;
        }
        head = 0;
        return true;
    }

    /** Copies what no earlier segment has brought. */
    private void copyNew(long from, long to, long segmentFrom, DirectBuffer bytes, int offset) {
        long at = from;
        for (int i = 0; i < ranges && at < to; i++) {
            if (end[i] > at) {
                copy(at, Math.min(start[i], to), segmentFrom, bytes, offset);
                at = Math.max(at, end[i]);
            }
        }
        copy(at, to, segmentFrom, bytes, offset);
    }

    private void copy(long from, long to, long segmentFrom, DirectBuffer bytes, int offset) {
        if (from < to) {
            int index = head + (int) (from - heldFrom);
            bytes.getBytes(offset + (int) (from - segmentFrom), held, index, (int) (to - from));
        }
    }

    /** Notes bytes behind a hole, joined with what touches them. */
    private void addRange(long from, long to) {
        int first = 0;
        while (first < ranges && end[first] < from) {
            first++;
        }
        int last = first;
        long low = from;
        long high = to;
        while (last < ranges && start[last] <= to) {
            low = Math.min(low, start[last]);
            high = Math.max(high, end[last]);
            last++;
        }
        if (last > first) {
            removeRanges(first + 1, last);
        } else if (ranges < MAX_RANGES) {
            makeRoomForRange();
            System.arraycopy(start, first, start, first + 1, ranges - first);
            System.arraycopy(end, first, end, first + 1, ranges - first);
            ranges++;
        } else {
            return; // it becomes a gap if it is not sent again
        }
        start[first] = low;
        end[first] = high;
    }

    private void makeRoomForRange() {
        if (ranges == start.length) {
            int capacity = Math.max(FIRST_RANGES, 2 * ranges);
            start = Arrays.copyOf(start, capacity);
            end = Arrays.copyOf(end, capacity);
        }
    }

    private void removeRanges(int from, int to) {
        if (to > from) {
            System.arraycopy(start, to, start, from, ranges - to);
            System.arraycopy(end, to, end, from, ranges - to);
            ranges -= to - from;
        }
    }

    private void releaseMemory() {
        pool.giveBack(held);
        held = BufferPool.NONE;
        head = 0;
    }
}
