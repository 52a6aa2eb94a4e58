// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class Pop3FuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(110).server("+OK\r\n").client("RETR 1\r\n");
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(0, 1400));
            dialogue = client ? dialogue.client(bytes) : dialogue.server(bytes);
        }
        assertThat(dialogue.close().events().ofType("flow")).hasSize(1);
    }
}
