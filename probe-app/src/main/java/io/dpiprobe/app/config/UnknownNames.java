// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds environment variables that look like misspelt settings. */
final class UnknownNames {
    /** Of a name with fewer letters than this per mistake, too many words of other programs are near. */
    private static final int LETTERS_PER_MISTAKE = 5;

    private static final int MOST_MISTAKES = 3;
    /** A variable that begins like this is meant for the probe. */
    private static final List<String> OWN_PREFIXES =
            List.of("CAPTURE_", "MAX_BUFFER", "MAX_DISK", "BUFFER_", "BACKOFF_");

    private UnknownNames() {}

    /** One sentence for each such variable, with the setting it is nearest to. */
    static List<String> warnings(Map<String, String> environment) {
        List<String> warnings = new ArrayList<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (Settings.all().stream().noneMatch(setting -> setting.name().equals(name))) {
                nearest(name).ifPresent(near -> warnings.add(name + " is not a setting; did you mean " + near + "?"));
            }
        }
        return warnings;
    }

    private static Optional<String> nearest(String name) {
        boolean own = OWN_PREFIXES.stream().anyMatch(name::startsWith);
        int allowed = own ? Integer.MAX_VALUE : Math.min(MOST_MISTAKES, name.length() / LETTERS_PER_MISTAKE);
        return Settings.all().stream()
                .map(Setting::name)
                .min(Comparator.comparingInt(known -> distance(name, known)))
                .filter(known -> distance(name, known) <= allowed);
    }

    /** How many letters must be put in, taken out or replaced to get from one word to the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
