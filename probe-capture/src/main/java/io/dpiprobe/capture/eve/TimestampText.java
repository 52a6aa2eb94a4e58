// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import java.time.LocalDate;

/** Writes times as {@code 2026-11-21T05:06:07.123456+0000}, the date anew only when the day changes. */
final class TimestampText {
    private static final int DATE_LENGTH = 11;
    private static final long NS = 1_000_000_000L;
    private static final int SECONDS_PER_DAY = 86_400;
    /** The last day with a four-digit year: later times are bad input, shown on that day. */
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private final byte[] date = new byte[DATE_LENGTH];
    private long cachedDay = Long.MIN_VALUE;

    int write(long epochNs, byte[] into, int at) {
        long second = Math.floorDiv(epochNs, NS);
        long day = Math.floorDiv(second, SECONDS_PER_DAY);
        if (day != cachedDay) {
            format(day);
            cachedDay = day;
        }
        System.arraycopy(date, 0, into, at, DATE_LENGTH);
        int ofDay = (int) (second - day * SECONDS_PER_DAY);
        int index = Digits.padded(ofDay / 3600, 2, into, at + DATE_LENGTH);
        into[index] = ':';
        index = Digits.padded(ofDay / 60 % 60, 2, into, index + 1);
        into[index] = ':';
        index = Digits.padded(ofDay % 60, 2, into, index + 1);
        into[index] = '.';
        index = Digits.padded(Math.floorMod(epochNs, NS) / 1000, 6, into, index + 1);
        into[index] = '+';
        return Digits.padded(0, 4, into, index + 1);
    }

    private void format(long day) {
        LocalDate shown = LocalDate.ofEpochDay(Math.max(0, Math.min(day, LAST_DAY)));
        int at = Digits.padded(shown.getYear(), 4, date, 0);
        date[at] = '-';
        at = Digits.padded(shown.getMonthValue(), 2, date, at + 1);
        date[at] = '-';
        at = Digits.padded(shown.getDayOfMonth(), 2, date, at + 1);
        date[at] = 'T';
    }
}
