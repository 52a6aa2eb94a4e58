// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import java.util.HexFormat;

class RdpFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(3389).server(RdpDissectorTest.answer(""));
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            boolean framed = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(1, 1200));
            byte[] sent =
                    framed ? RdpDissectorTest.connectInitial(HexFormat.of().formatHex(bytes)) : bytes;
            dialogue = client ? dialogue.client(sent) : dialogue.server(sent);
        }
        assertThat(dialogue.close().appProto()).isEqualTo("rdp");
    }
}
