// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
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
    /** Bytes held at most: above three quarters of an array moving them to its front would cost too much. */
    @Bound(
            of = "bytes held, each way",
            then = "others become holes",
            seen = "stream_gaps_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_HELD = BufferPool.LARGEST / 4 * 3;

    /** What a FIN takes of the sequence space: one byte acknowledged beyond the data need not be lost data. */
    private static final int FIN_LENGTH = 1;
    /**
     * Packets of the receiver that acknowledge bytes which did not come, before they are taken for lost: where packets of
     * two directions are captured by two queues, an acknowledgment may be read before what it acknowledges.
     */
    @Bound(of = "acknowledgments ahead of bytes", then = "they are taken for lost", seen = "stream_gaps_total")
    static final int MAX_ACKS_AHEAD = 16;
    /** A keep-alive repeats the last byte, or has any byte in its place (RFC 9293, 3.8.4). */
    private static final int KEEP_ALIVE_LENGTH = 1;

    private static final long NONE = -1;

    private final Direction direction;
    private final BufferPool pool;
    private Ranges ranges = Ranges.NONE;
    private byte[] held = BufferPool.NONE;
    private int head;
    private boolean started;
    private byte acksAhead;
    private int nextSeq;
    private long heldFrom;
    private long inOrder;
    private long acked;
    private long finOffset = NONE;
    private long urgentOffset = NONE;
    private int gaps;
    private int retransmitted;

    TcpStream(Direction direction, BufferPool pool) {
        this.direction = direction;
        this.pool = pool;
    }

    /** What the other side says. */
    TcpStream back() {
        return new TcpStream(direction.opposite(), pool);
    }

    void reset() {
        releaseMemory();
        ranges.clear();
        started = false;
        heldFrom = 0;
        inOrder = 0;
        acked = 0;
        acksAhead = 0;
        finOffset = NONE;
        urgentOffset = NONE;
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
        return Integer.toUnsignedLong(gaps);
    }

    /** Segments that brought nothing new. */
    long retransmitted() {
        return Integer.toUnsignedLong(retransmitted);
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
            ranges = ranges.with(from, to);
        }
    }

    /** True if a segment says something else than was kept of the same place. */
    boolean conflictsWith(int seq, DirectBuffer bytes, int offset, int length) {
        long from = offsetOf(seq);
        long to = from + length;
        if (length <= KEEP_ALIVE_LENGTH || held.length == 0 || (from >= inOrder && ranges.isEmpty())) {
            return false;
        }
        boolean differs = differs(Math.max(from, heldFrom), Math.min(to, inOrder), from, bytes, offset);
        for (int i = 0; i < ranges.count() && ranges.start(i) < to; i++) {
            differs |= differs(Math.max(from, ranges.start(i)), Math.min(to, ranges.end(i)), from, bytes, offset);
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
            ranges.clear();
            releaseMemory();
        }
    }

    /** Notes that the byte before this sequence number, if it has not come yet, is urgent. */
    void urgentBefore(int seq) {
        long at = offsetOf(seq) - 1;
        if (at >= inOrder) {
            urgentOffset = at;
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
        return ranges.endOr(inOrder) - Math.max(acked, heldFrom);
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
        if (!isAckAhead() || (ranges.isEmpty() && ++acksAhead <= MAX_ACKS_AHEAD)) {
            return false;
        }
        skipHole(consumer, ranges.isEmpty() ? acked : Math.min(ranges.start(0), acked));
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
        while (!ranges.isEmpty()) {
            skipHole(consumer, ranges.start(0));
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
        if (urgentOffset >= heldFrom && urgentOffset < upTo) {
            takeOutUrgent();
        }
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

    /** Applications get the urgent byte apart from the others, unless they ask otherwise: those before it move up. */
    private void takeOutUrgent() {
        System.arraycopy(held, head, held, head + 1, (int) (urgentOffset - heldFrom));
        urgentOffset = NONE;
        forget(1);
    }

    private void forget(int count) {
        head += count;
        heldFrom += count;
        if (heldFrom == inOrder && ranges.isEmpty()) {
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
        if (heldFrom == inOrder && ranges.isEmpty()) {
            releaseMemory();
        }
        consumer.onGap(direction, lost);
    }

    private void advanceTo(long to) {
        moveTo(to);
        int joined = 0;
        while (joined < ranges.count() && ranges.start(joined) <= inOrder) {
            moveTo(ranges.end(joined));
            joined++;
        }
        ranges.remove(0, joined);
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
        long used = ranges.endOr(inOrder) - heldFrom;
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
        for (int i = 0; i < ranges.count() && at < to; i++) {
            if (ranges.end(i) > at) {
                copy(at, Math.min(ranges.start(i), to), segmentFrom, bytes, offset);
                at = Math.max(at, ranges.end(i));
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

    private void releaseMemory() {
        pool.giveBack(held);
        held = BufferPool.NONE;
        head = 0;
    }
}
