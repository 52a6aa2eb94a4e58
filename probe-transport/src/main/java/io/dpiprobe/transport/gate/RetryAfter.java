// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import io.dpiprobe.buffer.Bound;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads how long Core wants to be left alone (RFC 9110, 10.2.3). */
public final class RetryAfter {
    /** Stands for "Core did not say, or nothing that makes sense". */
    public static final long NONE = -1;

    /** The longest wait that Core can ask for: a slip of its clock must not silence a probe for days. */
    @Bound(
            of = "the pause that Core may ask for",
            then = "it is shortened to this",
            seen = "backoff_seconds",
            unit = Bound.Unit.NANOSECONDS)
    public static final long MAX_NS = Duration.ofMinutes(5).toNanos();

    private RetryAfter() {}

    /**
     * Returns the wait in nanoseconds, at most {@link #MAX_NS}, or {@link #NONE}.
     *
     * @param value the header Retry-After, in seconds or as a date
     * @param date the header Date of the same response: only Core's own clock says what its dates mean
     */
    public static long parse(@Nullable String value, @Nullable String date) {
        String text = value == null ? "" : value.trim();
        if (text.isEmpty()) {
            return NONE;
        }
        return isDigits(text) ? seconds(text) : untilDate(text, date);
    }

    /** Clamps a wait in milliseconds as given in the body of an answer; negative is {@link #NONE}, as is none. */
    public static long ofMillis(long millis) {
        return millis <= 0 ? NONE : clamp(millis, TimeUnit.MILLISECONDS);
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long seconds(String digits) {
        int longest = 18; // digits that a long surely holds
        return digits.length() > longest ? MAX_NS : clamp(Long.parseLong(digits), TimeUnit.SECONDS);
    }

    private static long clamp(long amount, TimeUnit unit) {
        return Math.min(unit.toNanos(amount), MAX_NS);
    }

    private static long untilDate(String text, @Nullable String date) {
        if (date == null) {
            return NONE;
        }
        try {
            long seconds = instant(text).getEpochSecond() - instant(date).getEpochSecond();
            return seconds < 0 ? NONE : clamp(seconds, TimeUnit.SECONDS);
        } catch (DateTimeException e) {
            return NONE;
        }
    }

    private static Instant instant(String httpDate) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate.trim()));
    }
}
