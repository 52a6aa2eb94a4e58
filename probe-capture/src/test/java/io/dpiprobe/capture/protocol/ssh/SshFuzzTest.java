// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class SshFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(22).client("SSH-2.0-x\r\n").server("SSH-2.0-y\r\n");
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(0, 1400));
            dialogue = client ? dialogue.client(bytes) : dialogue.server(bytes);
        }
        assertThat(dialogue.close().events().ofType("flow")).hasSize(1);
    }
}
