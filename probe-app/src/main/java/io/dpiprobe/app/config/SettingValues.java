// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds the values of all settings that were read from one environment, and what was wrong with it. */
final class SettingValues {
    private final Map<String, String> environment;
    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    SettingValues(Map<String, String> environment) {
        this.environment = environment;
        for (Setting<?> setting : Settings.all()) {
            String text = textOf(setting);
            if (!text.isEmpty()) {
                parse(setting, text);
            }
        }
    }

    /** The value given, or the default, or nothing if there is neither. */
    <T> Optional<T> find(Setting<T> setting) {
        @SuppressWarnings("unchecked") // parse puts nothing else there
        T value = (T) values.get(setting);
        return Optional.ofNullable(value);
    }

    /** The value of a setting that has a default. */
    <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException(setting.name() + " has no value"));
    }

    /** Whether somebody gave a value; an empty one counts as none. */
    boolean isGiven(Setting<?> setting) {
        return !given(setting).isEmpty();
    }

    void addProblem(Setting<?> setting, String problem) {
        problems.add(setting.name() + ": " + problem);
    }

    /** Everything that was wrong, with the names of the settings. */
    List<String> problems() {
        return problems;
    }

    private String textOf(Setting<?> setting) {
        return isGiven(setting) ? given(setting) : setting.defaultText();
    }

    private String given(Setting<?> setting) {
        return environment.getOrDefault(setting.name(), "").trim();
    }

    /** A value that is refused is replaced by the default, so that others can be checked against it. */
    private <T> void parse(Setting<T> setting, String text) {
        try {
            values.put(setting, setting.type().parser().apply(text));
        } catch (IllegalArgumentException e) {
            addProblem(setting, "\"" + withoutSecrets(text) + "\" " + e.getMessage());
            if (!setting.defaultText().isEmpty()) {
                values.put(setting, setting.type().parser().apply(setting.defaultText()));
            }
        }
    }

    /** Leaves out where URLs have passwords (RFC 3986, 3.2.1), tokens and the like, also in what is no URL. */
    private static String withoutSecrets(String text) {
        return text.replaceFirst("(?s).*@", "...@").replaceFirst("(?s)[?#].*", "?...");
    }
}
