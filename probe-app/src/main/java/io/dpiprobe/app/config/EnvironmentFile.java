// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a file of settings as systemd reads an EnvironmentFile (systemd.exec(5)): one {@code NAME=value} a line; {@code #}
 * and {@code ;} begin a comment; quotes around a value are taken off; a backslash guards the character
 * after it, and at the end of a line it joins the next.
 */
public final class EnvironmentFile {
    private EnvironmentFile() {}

    /**
     * Reads the variables that a file sets; of several lines for one, the last counts.
     *
     * @throws InvalidConfigurationException with every line that cannot be understood
     */
    public static Map<String, String> read(Path file) throws IOException, InvalidConfigurationException {
        return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    }

    static Map<String, String> parse(String text, String name) throws InvalidConfigurationException {
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : text.replace("\\\n", "").split("\n", -1)) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
                continue;
            }
            int equals = content.indexOf('=');
            String variable = equals < 0 ? "" : content.substring(0, equals).strip();
            if (!isName(variable)) {
                problems.add("%s, line %d: it is not NAME=value".formatted(name, number));
            } else {
                variables.put(variable, unquote(content.substring(equals + 1).strip()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return variables;
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && !Character.isDigit(text.charAt(0))
                && text.chars().allMatch(c -> c == '_' || (c < 0x7f && Character.isLetterOrDigit(c)));
    }

    private static String unquote(String value) {
        char quote = value.isEmpty() ? 0 : value.charAt(0);
        boolean quoted = value.length() >= 2 && value.charAt(value.length() - 1) == quote;
        if (quoted && quote == '\'') {
            return value.substring(1, value.length() - 1);
        }
        return unescape(quoted && quote == '"' ? value.substring(1, value.length() - 1) : value);
    }

    private static String unescape(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            boolean guards = value.charAt(i) == '\\' && i + 1 < value.length();
            plain.append(value.charAt(guards ? ++i : i));
        }
        return plain.toString();
    }
}
