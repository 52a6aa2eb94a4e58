// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rfb;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class RfbFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        String version = data.consumeBoolean() ? RfbDissectorTest.VERSION_3_8 : "RFB 003.003\n";
        Dialogue dialogue = Dialogue.tcp(5900).server(version).client(version);
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(1, 64));
            dialogue = client ? dialogue.client(bytes) : dialogue.server(bytes);
        }
        assertThat(dialogue.close().bodies("rfb")).hasSize(1);
    }
}
