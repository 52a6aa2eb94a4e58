// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import java.util.HexFormat;

class DtlsFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.udp(443).client(DtlsDissectorTest.handshake(1, 0, DtlsDissectorTest.CLIENT_HELLO));
        while (data.remainingBytes() > 0) {
            if (data.consumeBoolean()) {
                int type = data.consumeInt(0, 20);
                String body = HexFormat.of().formatHex(data.consumeBytes(data.consumeInt(0, 1000)));
                dialogue.server(DtlsDissectorTest.handshake(type, data.consumeInt(0, 3), body));
            } else {
                dialogue.server(data.consumeBytes(data.consumeInt(1, 1000)));
            }
        }
        assertThat(dialogue.close().bodies("tls")).hasSize(1);
    }
}
