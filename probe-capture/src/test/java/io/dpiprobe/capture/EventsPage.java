// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows which fields docs/events.md describes, section by section. */
public final class EventsPage {
    /** From the directory of a module; from elsewhere there is no page, and nothing to compare with. */
    private static final Path PAGE = Path.of("../docs/events.md");

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final String COMMON = "Common fields";
    private static final EventsPage INSTANCE = read();

    private final Map<String, Set<String>> sections = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    private EventsPage() {}

    public static EventsPage get() {
        return INSTANCE;
    }

    private static EventsPage read() {
        EventsPage page = new EventsPage();
        try {
            if (Files.exists(PAGE)) {
                page.parse(Files.readString(PAGE));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page;
    }

    private void parse(String text) {
        Set<String> names = new HashSet<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("## ")) {
                names = new HashSet<>();
                sections.put(line.substring(3), names);
            } else if (line.startsWith("| `")) {
                Matcher name = NAME.matcher(line.substring(0, line.indexOf('|', 1)));
                while (name.find()) {
                    names.add(name.group(1));
                }
            }
        }
    }

    /** The headings. */
    public Set<String> sections() {
        return sections.keySet();
    }

    /** Paths of an event that neither the section of its type, nor a common one, nor that of the object describes. */
    public Set<String> missing(JsonNode event) {
        Set<String> missing = new TreeSet<>();
        if (!sections.isEmpty()) {
            collect(event, "", event.path("event_type").asText(), missing);
        }
        return missing;
    }

    private void collect(JsonNode node, String path, String type, Set<String> missing) {
        if (node.isObject() && (!node.isEmpty() || path.isEmpty())) {
            String prefix = path.isEmpty() ? "" : path + ".";
            node.properties().forEach(each -> collect(each.getValue(), prefix + each.getKey(), type, missing));
        } else if (node.isArray() && !node.isEmpty()) {
            node.forEach(each -> collect(each, path, type, missing));
        } else if (!known.contains(type + " " + path)) {
            if (isDescribed(type, path)) {
                known.add(type + " " + path);
            } else {
                missing.add(path);
            }
        }
    }

    private boolean isDescribed(String type, String path) {
        String[] levels = path.split("\\.", 3);
        String object = levels[0].equals("probe") && levels.length > 1 ? "probe." + levels[1] : levels[0];
        return has(type, path) || has(COMMON, path) || has(object, path) || has(sectionOf(levels[0]), path);
    }

    /** Objects that have no section of their own name. */
    private static String sectionOf(String object) {
        return switch (object) {
            case "tcp" -> "flow";
            case "rpc" -> "nfs";
            default -> object;
        };
    }

    private boolean has(String section, String path) {
        Set<String> names = sections.getOrDefault(section, Set.of());
        // The second for an object that is empty.
        if (names.contains(path) || names.stream().anyMatch(name -> name.startsWith(path + "."))) {
            return true;
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            if (names.contains(path.substring(0, dot) + ".*")) {
                return true;
            }
        }
        return false;
    }
}
