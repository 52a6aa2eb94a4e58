// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class Http2FuzzTest {
    /** Every event is checked to be valid JSON as it is written. */
    @FuzzTest(maxDuration = "60s")
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(8080).client(FrameBytes.preface().bytes());
        while (data.remainingBytes() > 0) {
            int type = data.consumeInt(0, 10);
            int stream = data.consumeInt(0, 3);
            int flags = data.consumeByte();
            byte[] payload = data.consumeBytes(data.consumeInt(0, 100));
            byte[] frame = new FrameBytes().frame(type, flags, stream, payload).bytes();
            switch (data.consumeInt(0, 5)) {
                case 0 -> dialogue.serverLoses(1 + payload.length);
                case 1 -> dialogue.client(payload.length == 0 ? frame : payload);
                case 2, 3 -> dialogue.client(frame);
                default -> dialogue.server(frame);
            }
        }
        dialogue.close();
        assertThat(dialogue.events().ofType("flow")).hasSize(1);
    }
}
