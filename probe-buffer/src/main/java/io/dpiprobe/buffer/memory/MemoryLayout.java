// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.memory;

import io.dpiprobe.buffer.Bound;

/**
 * Divides the memory budget: segments for the ring, buffers to read disk blocks into, and one to compress into.
 *
 * @param segmentBytes size of each segment, which is also the longest event plus its line feed
 * @param segments how many
 * @param readBuffers how many blocks can be read ahead or in flight from disk, each {@value #MAX_SEGMENT_BYTES} bytes
 */
public record MemoryLayout(int segmentBytes, int segments, int readBuffers) {
    /** Segments of this size are long enough to compress well and to make a good request. */
    @Bound(of = "a segment, and a block on disk before compression", then = "it is sealed", unit = Bound.Unit.BYTES)
    public static final int MAX_SEGMENT_BYTES = 256 << 10;

    /** The longest event is capped well below this. */
    public static final int MIN_SEGMENT_BYTES = 64 << 10;

    /** A compressed block can be a little longer than what went in. */
    public static final int SCRATCH_BYTES = MAX_SEGMENT_BYTES * 2;

    /** Small budgets get smaller segments, so that lanes and workers do not hold all of it open. */
    private static final int WANTED_SEGMENTS = 128;

    /** Blocks read from disk may take this part of the memory. */
    private static final int READ_SHARE = 3;

    /** Divides a budget in bytes for a number of workers that fill one segment of each lane at once. */
    public static MemoryLayout of(long budgetBytes, int workers, int lanes, int maxInFlight) {
        long wanted = budgetBytes / WANTED_SEGMENTS / MIN_SEGMENT_BYTES * MIN_SEGMENT_BYTES;
        int segmentBytes = (int) Math.max(MIN_SEGMENT_BYTES, Math.min(MAX_SEGMENT_BYTES, wanted));
        int readBuffers = (int) Math.min(maxInFlight + 2L, budgetBytes / READ_SHARE / MAX_SEGMENT_BYTES);
        long rest = budgetBytes - SCRATCH_BYTES - (long) readBuffers * MAX_SEGMENT_BYTES;
        int segments = (int) Math.min(Integer.MAX_VALUE, rest / segmentBytes);
        if (segments < 2 * workers * lanes) {
            throw new IllegalArgumentException("too little memory for %d workers: %d bytes make %d segments, %d needed"
                    .formatted(workers, budgetBytes, segments, 2 * workers * lanes));
        }
        return new MemoryLayout(segmentBytes, segments, readBuffers);
    }
}
