// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import io.dpiprobe.buffer.Bound;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Lends byte arrays in powers of two and takes them back, so that reassembly allocates nothing once it has run for a
 * while. Owned by one worker.
 */
public final class BufferPool {
    /** Of many connections the little that was said waits for an answer: it should not take more than it is. */
    static final int SMALLEST = 128;
    /** Largest array lent: what one direction of a connection may hold at most. */
    @Bound(
            of = "the array of one direction of a connection",
            then = "as for TcpStream.MAX_HELD",
            seen = "stream_gaps_total",
            unit = Bound.Unit.BYTES)
    public static final int LARGEST = 1024 * 1024;

    private static final int CLASSES = Integer.numberOfTrailingZeros(LARGEST / SMALLEST) + 1;

    private final long maxBytes;
    private final byte[][][] idle = new byte[CLASSES][64][];
    private final int[] idleCount = new int[CLASSES];
    private final UnsafeBuffer view = new UnsafeBuffer(NONE);
    private long lentBytes;
    private long idleBytes;

    /** @param maxBytes what may be lent at the same time; what is kept for the next borrower is within it */
    public BufferPool(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** An array of at least {@code size} bytes, or an empty one if the budget or {@link #LARGEST} forbids it. */
    public byte[] borrow(int size) {
        if (size > LARGEST) {
            return NONE;
        }
        int sizeClass = sizeClass(size);
        int length = SMALLEST << sizeClass;
        if (lentBytes + length > maxBytes) {
            return NONE;
        }
        lentBytes += length;
        if (idleCount[sizeClass] > 0) {
            idleBytes -= length;
            byte[] array = idle[sizeClass][--idleCount[sizeClass]];
            idle[sizeClass][idleCount[sizeClass]] = NONE;
            return array;
        }
        makeRoom();
        return new byte[length];
    }

    /** Lets go of arrays of other sizes, the longest first: streams that grow leave a trail of what was too small. */
    private void makeRoom() {
        for (int sizeClass = CLASSES - 1; lentBytes + idleBytes > maxBytes && sizeClass >= 0; sizeClass--) {
            while (lentBytes + idleBytes > maxBytes && idleCount[sizeClass] > 0) {
                idle[sizeClass][--idleCount[sizeClass]] = NONE;
                idleBytes -= SMALLEST << sizeClass;
            }
        }
    }

    /** Takes an array back; the empty one is welcome too. */
    public void giveBack(byte[] array) {
        if (array.length == 0) {
            return;
        }
        lentBytes -= array.length;
        idleBytes += array.length;
        int sizeClass = sizeClass(array.length);
        if (idleCount[sizeClass] == idle[sizeClass].length) {
            idle[sizeClass] = Arrays.copyOf(idle[sizeClass], 2 * idle[sizeClass].length);
        }
        idle[sizeClass][idleCount[sizeClass]++] = array;
    }

    /** An array as a buffer, until another is asked for. */
    DirectBuffer view(byte[] array) {
        if (view.byteArray() != array) {
            view.wrap(array);
        }
        return view;
    }

    /** Bytes lent now. */
    public long lentBytes() {
        return lentBytes;
    }

    /** Bytes kept for the next borrower. */
    long idleBytes() {
        return idleBytes;
    }

    /** What {@link #borrow} gives when there is nothing to lend. */
    public static final byte[] NONE = new byte[0];

    private static int sizeClass(int size) {
        return size <= SMALLEST ? 0 : 32 - Integer.numberOfLeadingZeros((size - 1) / SMALLEST);
    }
}
