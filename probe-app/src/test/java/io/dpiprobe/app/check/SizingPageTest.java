// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dpiprobe.app.cli.CommandTree;
import io.dpiprobe.app.probe.DnsCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/sizing.md, computed again. */
class SizingPageTest {
    private static final Path PAGE = Path.of("../docs/sizing.md");
    private static final Pattern MEMORY = Pattern.compile("\\| (\\d+) ".repeat(6) + "\\|");
    private static final Pattern DISK = Pattern.compile("\\| (\\d+) ".repeat(4) + "\\|");
    private static final double MIB = 1 << 20;
    private static final int JAVA_MIB = 150;

    @TempDir
    private Path dir;

    @Test
    void computesMemoryAsTheCheckDoes() throws IOException {
        List<Matcher> rows = rows(MEMORY);
        assertThat(rows).hasSize(4);
        for (Matcher row : rows) {
            double heap = (MemoryCheck.BASE_BYTES + (double) number(row, 1) * MemoryCheck.BYTES_PER_FLOW) / MIB;
            double sum = heap + number(row, 2) + number(row, 3) * number(row, 4) + JAVA_MIB;
            assertThat((double) number(row, 5)).as(row.group()).isCloseTo(heap, within(1.0));
            assertThat((double) number(row, 6)).as(row.group()).isCloseTo(Math.max(2 * heap, sum), within(2.0));
        }
        assertThat(Files.readString(PAGE))
                .contains("| heap of a flow | " + MemoryCheck.BYTES_PER_FLOW)
                .contains("| heap without flows | " + (MemoryCheck.BASE_BYTES >> 20));
    }

    @Test
    void computesDiskFromRates() throws IOException {
        List<Matcher> rows = rows(DISK);
        assertThat(rows).hasSize(4);
        for (Matcher row : rows) {
            double bytes = (double) number(row, 1) * number(row, 2) * number(row, 3) * 3600 / 8 * 1.1;
            assertThat((double) number(row, 4)).as(row.group()).isCloseTo(bytes / MIB, within(1.0));
        }
    }

    @Test
    void statesHowLongAnEventIs() throws IOException {
        Path events = dir.resolve("events.json");
        Path capture = DnsCapture.write(dir.resolve("x.pcap"), 1000);
        assertThat(CommandTree.run("read", capture.toString(), "-o", events.toString()))
                .isZero();
        double measured =
                (double) Files.size(events) / Files.readAllLines(events).size();

        Matcher stated = Pattern.compile("\\| bytes of an event \\| (\\d+) \\| a DNS query")
                .matcher(Files.readString(PAGE));
        assertThat(stated.find()).isTrue();
        assertThat(measured).isCloseTo(Integer.parseInt(stated.group(1)), within(0.05 * measured));
    }

    private static List<Matcher> rows(Pattern pattern) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .toList();
    }

    private static long number(Matcher row, int column) {
        return Long.parseLong(row.group(column));
    }
}
