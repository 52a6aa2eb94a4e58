// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process cannot go on from ends it, at once and with the code that systemd starts it again for. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LastResortTest {
    @ParameterizedTest
    @CsvSource({"memory, 70", "linkage, 70", "internal, 70", "uncaught, 70", "stack, 70", "bug, 0"})
    void endsTheProcessOrGoesOn(String how, int exitCode) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LastResortChild.class.getName(),
                        how)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(child.waitFor()).isEqualTo(exitCode);
    }
}
