// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Says anything on any port: every protocol, with its detection, its hand-overs and its losses. */
class ConversationFuzzTest {
    /** The events are checked as they are written: valid JSON in UTF-8, no longer than an event may be. */
    @FuzzTest(maxDuration = "60s")
    void sameConversationSameEvents(byte[] script) {
        List<String> first = ConversationScript.play(script).events().lines();
        List<String> second = ConversationScript.play(script).events().lines();

        assertThat(second).isEqualTo(first);
    }
}
