// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dpiprobe.buffer.memory.MemoryLayout;
import org.junit.jupiter.api.Test;

class BoundTextTest {
    private final BoundText text = new BoundText();

    @Test
    void writesTheValueForTheName() {
        int kib = MemoryLayout.MAX_SEGMENT_BYTES / 1024;
        assertThat(text.fill("segments of {MemoryLayout.MAX_SEGMENT_BYTES}, or less"))
                .isEqualTo("segments of " + kib + " KiB, or less");
        assertThat(text.fill("none")).isEqualTo("none");
    }

    @Test
    void refusesANameThatIsNoBound() {
        assertThatThrownBy(() -> text.fill("{Nothing.MAX}")).hasMessage("there is no bound Nothing.MAX");
    }
}
