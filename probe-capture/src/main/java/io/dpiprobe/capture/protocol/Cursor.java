// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.packet.Slice;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads bounded bytes front to back with a failure that sticks: after one read has failed every later one returns zero
 * and moves nothing, so that a dissector asks for the {@link #verdict()} once, at the end.
 *
 * <p>Reading past the bytes at hand is {@link Verdict#NEED_MORE}; reading past a length that was {@link #enter entered}
 * is {@link Verdict#INVALID}. Not thread-safe; reused for ever, never allocates.
 */
public final class Cursor {
    private static final long EACH_BYTE = 0x0101010101010101L;

    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int start;
    private int position;
    private int limit;
    private int depth;
    private int wanted;
    private Verdict verdict = Verdict.OK;

    /** Points the cursor at {@code length} bytes and forgets any failure. */
    public Cursor wrap(DirectBuffer buffer, int offset, int length) {
        this.buffer = buffer;
        this.start = offset;
        this.position = offset;
        this.limit = offset + length;
        this.depth = 0;
        this.wanted = 0;
        this.verdict = Verdict.OK;
        return this;
    }

    /** Points the cursor at a slice and forgets any failure. */
    public Cursor wrap(Slice slice) {
        return wrap(slice.buffer(), slice.offset(), slice.length());
    }

    /** Unsigned 8 bits. */
    public int u8() {
        return take(1) ? buffer.getByte(position++) & 0xff : 0;
    }

    /** Unsigned 16 bits, network order. */
    public int u16() {
        if (!take(2)) {
            return 0;
        }
        int value = Short.reverseBytes(buffer.getShort(position)) & 0xffff;
        position += 2;
        return value;
    }

    /** Unsigned 24 bits, network order. */
    public int u24() {
        return take(3) ? u8() << 16 | u8() << 8 | u8() : 0;
    }

    /** Unsigned 32 bits, network order. */
    public long u32() {
        return i32() & 0xffff_ffffL;
    }

    /** 32 bits as a signed number, network order. */
    public int i32() {
        if (!take(4)) {
            return 0;
        }
        int value = Integer.reverseBytes(buffer.getInt(position));
        position += 4;
        return value;
    }

    /** 64 bits, network order. */
    public long u64() {
        if (!take(8)) {
            return 0;
        }
        long value = Long.reverseBytes(buffer.getLong(position));
        position += 8;
        return value;
    }

    /** Unsigned 16 bits, little-endian. */
    public int u16le() {
        return Short.reverseBytes((short) u16()) & 0xffff;
    }

    /** Unsigned 32 bits, little-endian. */
    public long u32le() {
        return Integer.reverseBytes(i32()) & 0xffff_ffffL;
    }

    /** 64 bits, little-endian. */
    public long u64le() {
        return Long.reverseBytes(u64());
    }

    /** Unsigned 8 bits at {@code ahead} bytes from here, without moving; zero and a failure if there are none. */
    public int peekU8(int ahead) {
        return ahead >= 0 && take(ahead + 1) ? buffer.getByte(position + ahead) & 0xff : 0;
    }

    /** Unsigned 16 bits, network order, at {@code ahead} bytes from here, without moving. */
    public int peekU16(int ahead) {
        return ahead >= 0 && take(ahead + 2) ? Short.reverseBytes(buffer.getShort(position + ahead)) & 0xffff : 0;
    }

    /** Passes over {@code length} bytes. */
    public void skip(int length) {
        if (take(length)) {
            position += length;
        }
    }

    /** Points {@code into} at the next {@code length} bytes and passes over them; empties it on failure. */
    public void slice(int length, Slice into) {
        if (take(length)) {
            into.wrap(buffer, position, length);
            position += length;
        } else {
            into.clear();
        }
    }

    /**
     * Confines reading to the next {@code length} bytes.
     *
     * @return what {@link #leave} needs to undo it
     */
    public int enter(int length) {
        int outer = limit;
        if (take(length)) {
            limit = position + length;
            depth++;
        }
        return outer;
    }

    /** Moves to the end of what was entered, read or not, and undoes {@link #enter}. */
    public void leave(int outer) {
        if (verdict == Verdict.OK) {
            position = limit;
            limit = outer;
            depth--;
        }
    }

    /** Fails with {@link Verdict#INVALID} unless a rule of the protocol holds. */
    public void require(boolean rule) {
        if (!rule && verdict == Verdict.OK) {
            verdict = Verdict.INVALID;
        }
    }

    /** Fails with {@link Verdict#NEED_MORE}: the message ends later than the bytes at hand. */
    public void needMore() {
        if (verdict == Verdict.OK) {
            verdict = Verdict.NEED_MORE;
            wanted = limit - start + 1;
        }
    }

    /** Bytes left inside the innermost length entered; zero after a failure, so that loops end. */
    public int remaining() {
        return verdict == Verdict.OK ? limit - position : 0;
    }

    public boolean hasRemaining() {
        return remaining() > 0;
    }

    /** Distance of the next {@code value} from here, searching at most {@code within} bytes; -1 if it is not there. */
    public int indexOf(byte value, int within) {
        int end = position + Math.min(within, remaining());
        int at = position;
        while (at + Long.BYTES <= end) {
            long differing = buffer.getLong(at, ByteOrder.LITTLE_ENDIAN) ^ (value & 0xff) * EACH_BYTE;
            long same = differing - EACH_BYTE & ~differing & EACH_BYTE << 7; // the lowest bit set is that of the first
            if (same != 0) {
                return at - position + Long.numberOfTrailingZeros(same) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (at < end && buffer.getByte(at) != value) {
            at++;
        }
        return at < end ? at - position : -1;
    }

    public boolean failed() {
        return verdict != Verdict.OK;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** After {@link Verdict#NEED_MORE}: how many bytes, counted from the start, there must be at least. */
    public int wanted() {
        return wanted;
    }

    /** Bytes passed since {@link #wrap}. */
    public int consumed() {
        return position - start;
    }

    /** Goes back (or forward) to {@code consumed} bytes from the start, for formats with pointers. */
    public void seek(int consumed) {
        int target = start + consumed;
        if (consumed < 0 || target > limit) {
            require(false);
        } else if (verdict == Verdict.OK) {
            position = target;
        }
    }

    /** The bytes underneath, for views that outlive a read; {@link #position()} is an index into it. */
    public DirectBuffer buffer() {
        return buffer;
    }

    public int position() {
        return position;
    }

    private boolean take(int length) {
        if (verdict != Verdict.OK) {
            return false;
        }
        if (length >= 0 && length <= limit - position) {
            return true;
        }
        fail(length);
        return false;
    }

    private void fail(int length) {
        if (length < 0 || depth > 0) {
            verdict = Verdict.INVALID;
        } else {
            verdict = Verdict.NEED_MORE;
            wanted = (int) Math.min(Integer.MAX_VALUE, (long) position - start + length);
        }
    }
}
