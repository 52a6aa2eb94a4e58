// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/licences.md has every library that is shipped, in the version that is used, and no other. */
class LicencesPageTest {
    private static final Pattern ROW =
            Pattern.compile("\\| [a-z0-9.-]+ \\| ([A-Za-z0-9.-]+) \\| ([0-9.-]+) \\| [0-9A-Z].* \\|");

    /** Groups that only tests use, and libraries of others that do. */
    private static final List<String> OF_TESTS = List.of(
            "/org/junit/",
            "/org/assertj/",
            "/com/tngtech/archunit/",
            "/com/code-intelligence/",
            "/org/openjdk/jmh/",
            "/org/apache/commons/commons-math3/",
            "/net/sf/jopt-simple/",
            "/net/bytebuddy/",
            "/org/opentest4j/",
            "/org/apiguardian/",
            "/com/squareup/okhttp3/mockwebserver3/",
            "/com/squareup/okhttp3/okhttp-tls/");

    @Test
    void hasWhatIsShippedAndNothingElse() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("../docs/licences.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.add(row.group(1) + " " + row.group(2));
            }
        }
        assertThat(documented).isEqualTo(used());
    }

    private static Set<String> used() {
        Set<String> used = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            boolean ofRepository =
                    entry.endsWith(".jar") && entry.contains("/.m2/") && !entry.contains("/io/dpiprobe/");
            if (ofRepository && OF_TESTS.stream().noneMatch(entry::contains)) {
                String[] names = entry.split("/"); // ... library, version, file
                used.add(names[names.length - 3] + " " + names[names.length - 2]);
            }
        }
        assertThat(used).hasSizeGreaterThan(30);
        return used;
    }
}
