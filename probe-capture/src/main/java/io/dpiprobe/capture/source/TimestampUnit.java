// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

/**
 * Converts the timestamps of a pcapng interface to nanoseconds (draft-ietf-opsawg-pcapng, if_tsresol and if_tsoffset).
 */
final class TimestampUnit {
    private static final int BINARY = 0x80;
    private static final int NANOSECOND_EXPONENT = 9;
    /** Ten to a larger power is no long. */
    private static final int MAX_DECIMAL_EXPONENT = 18;
    /** A fraction of so many bits times a billion still fits a long. */
    private static final int FRACTION_BITS = 33;

    private final int exponent;
    private final boolean binary;
    private final long factor;
    private final long offsetNs;

    private TimestampUnit(int exponent, boolean binary, long factor, long offsetNs) {
        this.exponent = exponent;
        this.binary = binary;
        this.factor = factor;
        this.offsetNs = offsetNs;
    }

    /**
     * @param resolution if_tsresol: the negative power of ten, or of two if the top bit is set
     * @param offsetSeconds if_tsoffset: added to each timestamp
     */
    static TimestampUnit of(int resolution, long offsetSeconds) {
        int exponent = resolution & ~BINARY;
        boolean binary = (resolution & BINARY) != 0;
        return new TimestampUnit(exponent, binary, powerOfTen(exponent), offsetSeconds * 1_000_000_000L);
    }

    /** Nanoseconds since the epoch of so many units, an unsigned number. */
    long toNs(long units) {
        return offsetNs + (binary ? fromBinary(units) : fromDecimal(units));
    }

    private long fromDecimal(long units) {
        if (exponent <= NANOSECOND_EXPONENT) {
            return units * factor;
        }
        return Long.divideUnsigned(units, factor);
    }

    private long fromBinary(long units) {
        long seconds = exponent >= Long.SIZE ? 0 : units >>> exponent;
        long fraction = exponent >= Long.SIZE ? units : units & ((1L << exponent) - 1);
        int excess = Math.max(exponent - FRACTION_BITS, 0);
        long kept = excess >= Long.SIZE ? 0 : fraction >>> excess;
        return seconds * 1_000_000_000L + ((kept * 1_000_000_000L) >>> (exponent - excess));
    }

    private static long powerOfTen(int exponent) {
        int power = Math.min(Math.abs(NANOSECOND_EXPONENT - exponent), MAX_DECIMAL_EXPONENT);
        long value = 1;
        for (int i = 0; i < power; i++) {
            value *= 10;
        }
        return value;
    }
}
