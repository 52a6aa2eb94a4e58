// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {
    @TempDir
    private Path dir;

    @Test
    @Tag("limit:Configuration.QUARANTINE_BYTES")
    void keepsNoMoreThanItsFileMayHold() throws Exception {
        Quarantine quarantine = new Quarantine(dir, 10_000, new TransportStatistics());
        byte[] event = ("{\"x\":\"" + "x".repeat(900) + "\"}\n").getBytes(StandardCharsets.UTF_8);
        int kept = 0;
        for (int i = 0; i < 50; i++) {
            kept += quarantine.keep(List.of(new Quarantine.Entry(event, "rejected")));
        }

        assertThat(kept).isEqualTo(10);
        assertThat(Files.size(dir.resolve(Quarantine.FILE))).isBetween(9_000L, 10_000L);
        assertThat(Files.readAllLines(dir.resolve(Quarantine.FILE))).hasSize(10);
    }
}
