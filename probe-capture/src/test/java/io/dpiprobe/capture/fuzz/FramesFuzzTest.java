// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Sends any frames through everything: decoding, fragments, tunnels, flows, reassembly, dissection, events. */
class FramesFuzzTest {
    /** The events are checked as they are written: valid JSON in UTF-8, no longer than an event may be. */
    @FuzzTest(maxDuration = "60s")
    void sameFramesSameEvents(byte[] script) {
        List<String> first = FrameScript.play(script).lines();
        List<String> second = FrameScript.play(script).lines();

        assertThat(second).isEqualTo(first);
    }
}
