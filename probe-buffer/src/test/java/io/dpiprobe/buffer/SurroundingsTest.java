// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes what is around the buffer: the wall clock, and what kind of thing its directory is. */
class SurroundingsTest {
    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600, 315_360_000})
    void isIndifferentToStepsOfTheWallClock(long seconds) throws Exception {
        try (Probe probe = new Probe(temp.resolve("buffer"))) {
            probe.offer(Lane.HIGH, 1000);
            probe.spillWithCoreAway();
            probe.stepWallClock(Duration.ofSeconds(seconds));
            probe.offer(Lane.HIGH, 1000);
            probe.spillWithCoreAway();
            assertThat(probe.buffer().stats().disk().oldestAgeNs()).isNotNegative();
            probe.restart("0000bbbb");
            probe.stepWallClock(Duration.ofSeconds(-seconds));
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(2000));
        }
    }

    @Test
    void acceptsALinkToADirectory() throws Exception {
        Path target = Files.createDirectories(temp.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), target);
        try (Probe probe = new Probe(link)) {
            probe.offer(Lane.HIGH, 1000);
            probe.spillWithCoreAway();
            probe.restart("0000bbbb");
            assertThat(probe.deliver(Lane.HIGH)).isEqualTo(seqs(1000));
        }
    }

    @Test
    void saysWhatToDoAboutAFileInItsPlace() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> new Probe(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("set BUFFER_DIR");
    }

    @Test
    void saysWhatToDoAboutAReadOnlyFileSystem() throws Exception {
        String place = Files.createDirectory(temp.resolve("mounted")).toString();
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", place), "mounting needs root (CAP_SYS_ADMIN)");
        try {
            assertThatThrownBy(() -> new Probe(Path.of(place)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Read-only file system")
                    .hasMessageContaining("set BUFFER_DIR");
        } finally {
            run("umount", place);
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static List<Long> seqs(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
