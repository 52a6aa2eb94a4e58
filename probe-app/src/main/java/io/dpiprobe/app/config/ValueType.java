// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Turns the text of a setting into a value.
 *
 * @param range what may be written, for people: type, unit and limits
 * @param parser throws {@link IllegalArgumentException} with the reason if the text is not of this type
 */
record ValueType<T>(String range, Function<String, T> parser) {
    private static final int MAX_PORT = 65_535;

    static ValueType<Integer> whole(int min, int max, String unit) {
        String range = (min + " to " + max + " " + unit).trim();
        return new ValueType<>(range, text -> {
            long value = parseLong(text);
            require(value >= min && value <= max, "must be " + range);
            return (int) value;
        });
    }

    static ValueType<Double> decimal(double min, double max) {
        String range = min + " to " + max;
        return new ValueType<>(range, text -> {
            double value = parseDouble(text);
            require(value >= min && value <= max, "must be " + range);
            return value;
        });
    }

    /** Several numbers, none larger than the one before. */
    static ValueType<List<Double>> falling(double min, double max, int count) {
        return sequence(decimal(min, max), count, -1);
    }

    /** Several numbers, none smaller than the one before. */
    static ValueType<List<Double>> rising(double min, double max, int count) {
        return sequence(decimal(min, max), count, 1);
    }

    private static ValueType<List<Double>> sequence(ValueType<Double> each, int count, int direction) {
        String order = direction > 0 ? "rising" : "falling";
        String range = count + " " + order + " numbers separated by commas, each " + each.range();
        return new ValueType<>(range, text -> {
            List<Double> values = Arrays.stream(text.split(",", -1))
                    .map(part -> each.parser().apply(part.trim()))
                    .toList();
            require(values.size() == count, "must be " + range);
            for (int i = 1; i < count; i++) {
                require(direction * Double.compare(values.get(i), values.get(i - 1)) >= 0, "must be " + order);
            }
            return values;
        });
    }

    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        String choices =
                Arrays.stream(type.getEnumConstants()).map(ValueType::labelOf).collect(Collectors.joining(", "));
        return new ValueType<>(
                choices,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(each -> labelOf(each).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("must be one of: " + choices)));
    }

    static ValueType<Boolean> flag() {
        return new ValueType<>("true, false", text -> {
            require(text.equals("true") || text.equals("false"), "must be true or false");
            return text.equals("true");
        });
    }

    static ValueType<String> text(String range, Predicate<String> accepted) {
        return new ValueType<>(range, text -> {
            require(accepted.test(text), "must be " + range);
            return text;
        });
    }

    static ValueType<Path> path(String range) {
        return new ValueType<>(range, text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("is not a path: " + e.getReason());
            }
        });
    }

    static ValueType<Amount> bytesOrShare() {
        return new ValueType<>(
                "bytes, or 1% to 100%",
                text -> {
                    boolean share = text.endsWith("%");
                    long value = parseLong(share ? text.substring(0, text.length() - 1) : text);
                    require(value >= 1 && (!share || value <= 100), "must be a number of bytes, or 1% to 100%");
                    return new Amount(value, share);
                });
    }

    static ValueType<List<URI>> httpUrls() {
        return new ValueType<>(
                "http or https URLs separated by commas",
                text -> Arrays.stream(text.split(",")).map(ValueType::httpUrl).toList());
    }

    private static URI httpUrl(String text) {
        try {
            URI url = new URI(text.trim());
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            require(http && url.getHost() != null, "must be a URL such as https://core.example:8443");
            require(url.getQuery() == null && url.getFragment() == null, "must have no ? and no #");
            require(url.getUserInfo() == null, "must have no user and password; use CORE_TOKEN_FILE");
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL: " + e.getReason());
        }
    }

    static ValueType<HostPort> hostPort() {
        return new ValueType<>("HOST:PORT", text -> {
            int colon = text.lastIndexOf(':');
            require(colon > 0, "must be HOST:PORT, such as 127.0.0.1:9470");
            long port = parseLong(text.substring(colon + 1));
            require(port >= 0 && port <= MAX_PORT, "must end in a port from 0 to " + MAX_PORT);
            String host = text.substring(0, colon);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, (int) port);
        });
    }

    private static String labelOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long parseLong(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a whole number");
        }
    }

    private static double parseDouble(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a number");
        }
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
