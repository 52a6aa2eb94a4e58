// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class HttpFuzzTest {
    /** Every event is checked to be valid JSON as it is written. */
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(80).client("GET / HTTP/1.1\r\n");
        while (data.remainingBytes() > 0) {
            byte[] bytes = data.consumeBytes(data.consumeInt(1, 200));
            switch (data.consumeInt(0, 5)) {
                case 0 -> dialogue.serverLoses(1 + bytes.length);
                case 1 -> dialogue.clientLoses(1 + bytes.length);
                case 2, 3 -> dialogue.client(bytes);
                default -> dialogue.server(bytes);
            }
        }
        dialogue.close();
        assertThat(dialogue.events().ofType("flow")).hasSize(1);
    }
}
