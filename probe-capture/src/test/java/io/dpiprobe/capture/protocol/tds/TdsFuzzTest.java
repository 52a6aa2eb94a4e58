// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tds;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class TdsFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(1433).client(TdsDissectorTest.PRELOGIN);
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            int type = client ? data.consumeInt(0x10, 0x12) : 4;
            byte[] sent = TdsDissectorTest.packet(type, data.consumeBytes(data.consumeInt(1, 1200)));
            dialogue = client ? dialogue.client(sent) : dialogue.server(sent);
        }
        assertThat(dialogue.close().events().ofType("sql")).hasSize(1);
    }
}
