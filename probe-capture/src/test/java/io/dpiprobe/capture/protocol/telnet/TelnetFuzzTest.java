// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import java.util.HexFormat;

class TelnetFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(23).server(HexFormat.of().parseHex("fffd18" + "fffb01"));
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(0, 200));
            dialogue = client ? dialogue.client(bytes) : dialogue.server(bytes);
        }
        assertThat(dialogue.close().appProto()).isEqualTo("telnet");
    }
}
