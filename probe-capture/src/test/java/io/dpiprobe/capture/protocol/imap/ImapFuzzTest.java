// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class ImapFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(143).server("* OK \r\n").client("a APPEND x {4}\r\n");
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(0, 1400));
            dialogue = client ? dialogue.client(bytes) : dialogue.server(bytes);
        }
        dialogue.events()
                .ofType("imap")
                .forEach(each -> assertThat(each.at("/probe/imap")).isNotEmpty());
        assertThat(dialogue.close().events().ofType("flow")).hasSize(1);
    }
}
