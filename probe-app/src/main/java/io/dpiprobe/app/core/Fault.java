// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describes something that Core does wrong on purpose.
 *
 * <p>As text: {@code kind[,retry-after=VALUE][:limit...]}, with the limits {@code for=30s}, {@code requests=10} and
 * {@code at=5s} (from the start of Core). The kind is a name of {@link Kind} in lower case with hyphens, or a status from 300 to 599.
 * Without limits it lasts for ever.
 *
 * @param kind what happens
 * @param status of the answer, if the kind is an answer
 * @param retryAfter value of that header
 * @param at when it begins, after the start
 * @param lasts how long; null for ever
 * @param requests how many requests it hits; Long.MAX_VALUE for all
 */
public record Fault(
        Kind kind,
        int status,
        @Nullable String retryAfter,
        Duration at,
        @Nullable Duration lasts,
        long requests) {
    /** What can happen. */
    public enum Kind {
        /** Takes nothing and answers with a status. */
        STATUS,
        /** Takes the events and asks for less by X-Backpressure. */
        HEADER,
        /** Takes nothing and says so in a 200. */
        BODY,
        /** Takes the first half of the events and says so. */
        PARTIAL,
        /** Takes all but the first event, and refuses that for good. */
        REJECT,
        /** Takes the events and claims many more. */
        OVERCLAIM,
        /** Takes the events and closes the connection instead of saying so. */
        LOST,
        /** Never answers. */
        HANG,
        /** Closes the connection instead of an answer. */
        CLOSE,
        /** As all that follow, takes the events; answers with 200 and sends no more than the headers. */
        STALL,
        /** Answers with 200 and a body of which one byte comes in a second. */
        SLOW,
        /** Answers with 200 and a body without an end. */
        ENDLESS,
        /** Answers with 200 and ends in the middle of the body. */
        TRUNCATED,
        /** Answers with 200 and a header of a megabyte. */
        HUGE_HEADER,
        /** Answers with 200 and a body that is no JSON. */
        GARBAGE;

        /** The name in the text form. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** All names, separated by commas. */
        public static String labels() {
            return Arrays.stream(values())
                    .filter(kind -> kind != STATUS)
                    .map(Kind::label)
                    .collect(Collectors.joining(", "));
        }
    }

    /** A fault without limits. */
    public static Fault of(Kind kind) {
        return new Fault(kind, 200, null, Duration.ZERO, null, Long.MAX_VALUE);
    }

    /** An answer of this status without limits. */
    public static Fault status(int status) {
        return new Fault(Kind.STATUS, status, null, Duration.ZERO, null, Long.MAX_VALUE);
    }

    public Fault withRetryAfter(String value) {
        return new Fault(kind, status, value, at, lasts, requests);
    }

    public Fault withAt(Duration start) {
        return new Fault(kind, status, retryAfter, start, lasts, requests);
    }

    public Fault withLasts(Duration time) {
        return new Fault(kind, status, retryAfter, at, time, requests);
    }

    public Fault withRequests(long count) {
        return new Fault(kind, status, retryAfter, at, lasts, count);
    }

    /** Reads the text form; what is wrong with it is the message of the exception. */
    public static Fault parse(String text) {
        String[] parts = text.split(":", -1);
        String[] what = parts[0].split(",", -1);
        Fault fault = kind(what[0]);
        for (int i = 1; i < what.length; i++) {
            if (!what[i].startsWith("retry-after=")) {
                throw wrong(what[i], "after the kind only retry-after=VALUE can follow");
            }
            fault = fault.withRetryAfter(what[i].substring("retry-after=".length()));
        }
        for (int i = 1; i < parts.length; i++) {
            for (String limit : parts[i].split(",", -1)) {
                fault = fault.limited(limit);
            }
        }
        return fault;
    }

    private static Fault kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.STATUS && kind.label().equals(word)) {
                return of(kind);
            }
        }
        if (!word.matches("[345][0-9][0-9]")) {
            throw wrong(word, "a fault is " + Kind.labels() + " or a status from 300 to 599");
        }
        return status(Integer.parseInt(word));
    }

    private Fault limited(String limit) {
        int equals = limit.indexOf('=');
        String value = limit.substring(equals + 1);
        return switch (equals < 0 ? limit : limit.substring(0, equals)) {
            case "for" -> withLasts(duration(value));
            case "at" -> withAt(duration(value));
            case "requests" -> withRequests(count(value));
            default -> throw wrong(limit, "a limit is for=30s, at=5s or requests=10");
        };
    }

    private static long count(String value) {
        if (!value.matches("[1-9][0-9]{0,17}")) {
            throw wrong(value, "a number of requests from 1 is needed");
        }
        return Long.parseLong(value);
    }

    private static Duration duration(String value) {
        if (!value.matches("[0-9]{1,9}(ms|s|m)")) {
            throw wrong(value, "a time is a number with ms, s or m");
        }
        long number = Long.parseLong(value.replaceAll("[a-z]+", ""));
        if (value.endsWith("ms")) {
            return Duration.ofMillis(number);
        }
        return value.endsWith("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
    }

    private static IllegalArgumentException wrong(String what, String rule) {
        return new IllegalArgumentException("fault \"" + what + "\": " + rule);
    }
}
