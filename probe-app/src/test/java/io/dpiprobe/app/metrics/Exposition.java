// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.metrics;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scrape shows: families by name. */
public final class Exposition {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_A-Z0-9:]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Map<String, Family> families = new TreeMap<>();
    private final Set<String> samples = new TreeSet<>();

    /**
     * One metric.
     *
     * @param labels the values of each label, by name
     */
    public record Family(String name, String type, String help, Map<String, Set<String>> labels) {}

    private Exposition() {}

    public static Exposition of(String scrape) {
        Exposition exposition = new Exposition();
        scrape.lines().forEach(exposition::line);
        return exposition;
    }

    private void line(String line) {
        Matcher comment = COMMENT.matcher(line);
        if (comment.matches()) {
            comment(comment.group(1), comment.group(2), comment.group(3));
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("not a sample: " + line);
        }
        samples.add(sample.group(1));
        Family family = familyOf(sample.group(1));
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
            if (!label.group(1).equals("le")) {
                family.labels()
                        .computeIfAbsent(label.group(1), any -> new TreeSet<>())
                        .add(label.group(2));
            }
        }
    }

    private void comment(String kind, String name, String text) {
        Family old = families.getOrDefault(name, new Family(name, "", "", new TreeMap<>()));
        families.put(
                name,
                kind.equals("TYPE")
                        ? new Family(name, text, old.help(), old.labels())
                        : new Family(name, old.type(), text, old.labels()));
    }

    private Family familyOf(String sample) {
        Family exact = families.get(sample);
        if (exact != null) {
            return exact;
        }
        Family family = families.get(sample.replaceAll("_(bucket|sum|count|created)$", ""));
        if (family == null) {
            throw new AssertionError("a sample without its type: " + sample);
        }
        return family;
    }

    public Map<String, Family> families() {
        return families;
    }

    /** The labels of a metric, by its name in queries. */
    public Map<String, Set<String>> labelsOf(String sample) {
        return familyOf(sample).labels();
    }

    /** Names as queries use them: with _bucket, _sum and _count. */
    public Set<String> samples() {
        return samples;
    }
}
