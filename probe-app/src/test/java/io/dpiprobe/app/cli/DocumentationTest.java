// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the pages link to is there, and the commands that they show are ones that the program takes. */
class DocumentationTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    /** A line of a block that runs the probe, perhaps by sudo and with settings before it; a comment may follow. */
    private static final Pattern COMMAND =
            Pattern.compile("(?:sudo )?(?:[A-Z_]+=\\S+ )*(?:\\./)?dpi-probe ([a-z].*?)(?:\\s+[#>|].*|  +\\S.*)?");
    /** These are of the launcher, which works on a checkout. */
    private static final Set<String> LAUNCHER = Set.of("test", "fuzz", "soak", "bench", "class-data");

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(TOP, TOP.resolve("docs"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            String target = link.group(1);
            if (target.contains("://")) {
                continue; // of others
            }
            int hash = target.indexOf('#');
            String file = hash < 0 ? target : target.substring(0, hash);
            Path to = file.isEmpty() ? page : page.resolveSibling(file);
            assertThat(to).as("link %s", target).exists();
            if (hash >= 0) {
                assertThat(anchors(to)).as("link %s", target).contains(target.substring(hash + 1));
            }
        }
    }

    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void theFirstPageLinksToEveryOther() throws IOException {
        String readme = Files.readString(TOP.resolve("README.md"));
        String linked = readme
                + Files.readString(TOP.resolve("docs/architecture.md"))
                + Files.readString(TOP.resolve("docs/operations.md"));
        for (Path page : pages()) {
            String name = page.getFileName().toString();
            if (!name.equals("README.md")) {
                assertThat(linked.contains("(" + name + ")") || linked.contains("(docs/" + name + ")"))
                        .as(name)
                        .isTrue();
            }
        }
        assertThat(readme).contains("docs/quick-start.md", "docs/events.md", "docs/installation.md");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsAreOnesThatTheProgramTakes(Path page) throws IOException {
        for (String arguments : commands(page)) {
            String[] words = arguments.split("\\s+");
            if (LAUNCHER.contains(words[0])) {
                continue;
            }
            CommandLine commands = CommandTree.commandLine(Map.of());
            try {
                commands.parseArgs(words);
            } catch (ParameterException e) {
                throw new AssertionError(page + ": dpi-probe " + arguments, e);
            }
        }
    }

    /** The lines of blocks: indented by four, or between fences. */
    private static List<String> commands(Path page) throws IOException {
        List<String> found = new ArrayList<>();
        boolean isFenced = false;
        StringBuilder blocks = new StringBuilder();
        for (String line : Files.readAllLines(page)) {
            isFenced ^= line.startsWith("```");
            if (isFenced || line.startsWith("    ")) {
                blocks.append(line.strip()).append('\n');
            }
        }
        for (String line : blocks.toString().replace("\\\n", "").lines().toList()) {
            Matcher command = COMMAND.matcher(line);
            if (command.matches()) {
                found.add(command.group(1));
            }
        }
        return found;
    }

    @Test
    void commandsAreFound() throws IOException {
        assertThat(commands(TOP.resolve("README.md"))).contains("status --verify", "read capture.pcap", "run");
        assertThat(commands(TOP.resolve("docs/quick-start.md")))
                .contains("core --listen 127.0.0.1:8443 --store /tmp/events.ndjson", "tail --limit 20");
    }

    /** Whoever reads a command may know whether anybody has tried it. */
    @ParameterizedTest
    @ValueSource(strings = {"quick-start", "installation", "operations", "sizing", "upgrade", "backends"})
    void pagesSayWhatOfThemIsTested(String page) throws IOException {
        assertThat(Files.readString(TOP.resolve("docs/" + page + ".md"))).contains("## What is tested\n");
    }
}
