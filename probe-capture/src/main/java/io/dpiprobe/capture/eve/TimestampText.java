// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Writes times as {@code 2026-11-21T05:06:07.123456+0000}, the date anew only when the second changes. */
final class TimestampText {
    private static final int SECONDS_LENGTH = 20;
    private static final long NS = 1_000_000_000L;
    /** The last second with a four-digit year: later ones are bad input, shown as this one. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final byte[] seconds = new byte[SECONDS_LENGTH];
    private final byte[] zone = {'+', '0', '0', '0', '0'};
    private long cachedSecond = Long.MIN_VALUE;

    int write(long epochNs, byte[] into, int at) {
        long second = Math.floorDiv(epochNs, NS);
        if (second != cachedSecond) {
            format(second);
            cachedSecond = second;
        }
        System.arraycopy(seconds, 0, into, at, SECONDS_LENGTH);
        int index = Digits.padded(Math.floorMod(epochNs, NS) / 1000, 6, into, at + SECONDS_LENGTH);
        System.arraycopy(zone, 0, into, index, zone.length);
        return index + zone.length;
    }

    private void format(long second) {
        long shown = Math.max(0, Math.min(second, LAST_SECOND));
        LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochSecond(shown), ZoneOffset.UTC);
        int at = Digits.padded(time.getYear(), 4, seconds, 0);
        at = field('-', time.getMonthValue(), at);
        at = field('-', time.getDayOfMonth(), at);
        at = field('T', time.getHour(), at);
        at = field(':', time.getMinute(), at);
        at = field(':', time.getSecond(), at);
        seconds[at] = '.';
    }

    private int field(char separator, int value, int at) {
        seconds[at] = (byte) separator;
        return Digits.padded(value, 2, seconds, at + 1);
    }
}
