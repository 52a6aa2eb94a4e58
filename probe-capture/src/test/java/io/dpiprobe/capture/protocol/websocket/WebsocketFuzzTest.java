// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class WebsocketFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = WebsocketDissectorTest.upgraded();
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(0, 1400));
            dialogue = client ? dialogue.client(bytes) : dialogue.server(bytes);
        }
        assertThat(dialogue.close().events().ofType("flow")).hasSize(1);
    }
}
