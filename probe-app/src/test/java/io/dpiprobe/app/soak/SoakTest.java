// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code dpi-probe soak}. */
class SoakTest {
    @TempDir
    private Path dir;

    @Test
    void nothingIsLostOrLeaked() throws Exception {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(report, true, StandardCharsets.UTF_8);

        assertThat(new Soak(out, dir).run(Duration.ofSeconds(15)))
                .as(report::toString)
                .isEmpty();
    }
}
