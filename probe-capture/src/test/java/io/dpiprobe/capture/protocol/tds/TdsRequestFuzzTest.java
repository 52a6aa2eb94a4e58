// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tds;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class TdsRequestFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(1433).client(new byte[] {(byte) (data.consumeBoolean() ? 1 : 3), 1});
        while (data.remainingBytes() > 0) {
            byte[] sent = data.consumeBytes(data.consumeInt(1, 60));
            dialogue = data.consumeBoolean() ? dialogue.client(sent) : dialogue.server(sent);
        }
        assertThat(dialogue.close().events().ofType("flow")).hasSize(1);
    }
}
