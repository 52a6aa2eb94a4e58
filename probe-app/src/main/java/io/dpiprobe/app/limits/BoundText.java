// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.limits;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the values of bounds into a text that names them: {@code {StreamTable.MAX_OPEN} streams} is "256 streams". */
public final class BoundText {
    private static final Pattern NAME = Pattern.compile("\\{([^}]*)}");

    private final Map<String, String> values =
            Limits.all().stream().collect(Collectors.toMap(Limit::name, Limit::value));

    /** Fills the text in; every name in it must be that of a bound. */
    public String fill(String text) {
        return NAME.matcher(text).replaceAll(name -> Matcher.quoteReplacement(value(name.group(1))));
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no bound " + name);
        }
        return value;
    }
}
