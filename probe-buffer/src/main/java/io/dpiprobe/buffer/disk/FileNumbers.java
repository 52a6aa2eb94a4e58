// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.openhft.chronicle.queue.RollCycle;

/**
 * Maps our file numbers to Chronicle Queue's cycles: the cycle is the number, and its clock never sees the real one.
 *
 * <p>The queue names files by a date pattern, so number 12 is "12 s after the start of 1970".
 */
final class FileNumbers implements RollCycle {
    static final int MILLIS_PER_NUMBER = 1000;
    private static final String PATTERN = "yyyyMMdd-HHmmss";
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(PATTERN);
    private static final int SEQUENCE_BITS = 32;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;

    /** The name, without suffix, that the queue gives a file. */
    static String queueName(int number) {
        return LocalDateTime.ofEpochSecond(number, 0, ZoneOffset.UTC).format(FORMAT);
    }

    /** The number of a file of the queue, or -1 if the name is not the queue's. */
    static int numberOf(String queueName) {
        try {
            long number = LocalDateTime.parse(queueName, FORMAT).toEpochSecond(ZoneOffset.UTC);
            return number > 0 && number < Integer.MAX_VALUE ? (int) number : -1;
        } catch (DateTimeException e) {
            return -1;
        }
    }

    @Override
    public String format() {
        return PATTERN;
    }

    @Override
    public int lengthInMillis() {
        return MILLIS_PER_NUMBER;
    }

    @Override
    public int defaultIndexCount() {
        return 128;
    }

    @Override
    public int defaultIndexSpacing() {
        return 64;
    }

    @Override
    public long toIndex(int cycle, long sequenceNumber) {
        return ((long) cycle << SEQUENCE_BITS) | (sequenceNumber & SEQUENCE_MASK);
    }

    @Override
    public long toSequenceNumber(long index) {
        return index & SEQUENCE_MASK;
    }

    @Override
    public int toCycle(long index) {
        return (int) (index >>> SEQUENCE_BITS);
    }

    @Override
    public long maxMessagesPerCycle() {
        return SEQUENCE_MASK;
    }
}
