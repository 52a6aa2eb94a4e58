// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of the log begins with a code, and docs/operations.md has each code and no other. */
class LogCodesTest {
    private static final List<String> MODULES = List.of("capture", "buffer", "transport", "app");
    private static final Pattern CALL =
            Pattern.compile("\\b(?:LOG|log(?:\\(\\))?)\\.(info|warn|error)\\((.*?)\\);\n", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("([a-z]+(?:_[a-z]+)*): .+");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| (info|warn|error) \\|.*");

    @Test
    void areInTheManual() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("../docs/operations.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.add(row.group(1) + " " + row.group(2));
            }
        }
        assertThat(documented).isEqualTo(codes());
    }

    private static Set<String> codes() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("../probe-" + module + "/src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    collect(file, codes);
                }
            }
        }
        assertThat(codes).hasSizeGreaterThan(30);
        return codes;
    }

    private static void collect(Path file, Set<String> codes) throws IOException {
        Matcher call = CALL.matcher(Files.readString(file));
        while (call.find()) {
            // A choice between two messages has two literals before the first argument.
            Matcher literal = LITERAL.matcher(call.group(2));
            int found = 0;
            while (literal.find()) {
                Matcher code = CODE.matcher(literal.group(1));
                if (code.matches()) {
                    codes.add(code.group(1) + " " + call.group(1));
                    found++;
                }
            }
            assertThat(found)
                    .as(file + ": a line without a code: " + call.group())
                    .isPositive();
        }
    }
}
