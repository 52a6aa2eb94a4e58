// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AnomalyCountsTest {
    @Test
    @Tag("limit:AnomalyCounts.MAX_KINDS")
    void tellsSoManyKindsApart() {
        AnomalyCounts counts = new AnomalyCounts();
        for (int i = 0; i < AnomalyCounts.MAX_KINDS; i++) {
            assertThat(counts.admit("kind " + i)).isTrue();
        }
        assertThat(counts.admit("another")).isFalse();
        assertThat(counts.suppressed()).isEqualTo(1);
        assertThat(counts.admit("kind 0")).as("one that is known").isTrue();
    }
}
