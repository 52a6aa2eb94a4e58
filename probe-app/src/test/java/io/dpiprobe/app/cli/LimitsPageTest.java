// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LimitsPageTest {
    @Test
    void pageInDocsIsTheOnePrinted() throws IOException {
        assertThat(Files.readString(Path.of("../docs/limits.md"))).isEqualTo(LimitsPage.markdown());
    }

    @Test
    void valuesHaveUnits() {
        assertThat(LimitsPage.markdown())
                .contains("| `Decoder.MAX_LAYERS` | 16 |")
                .contains("| `JsonWriter.MAX_EVENT_BYTES` | 64 KiB |")
                .contains("| `Defragmenter.TIMEOUT_NS` | 60 s |")
                .contains("| `RetryAfter.MAX_NS` | 5 min |")
                .contains("| `MAX_FLOWS` | 1000000 (16 to 16000000 flows) |");
    }
}
