// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import java.util.HexFormat;

class DhcpFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.udp(67);
        while (data.remainingBytes() > 0) {
            byte[] options = data.consumeBytes(data.consumeInt(1, 600));
            dialogue.client(
                    DhcpDissectorTest.message(1, "00000000", HexFormat.of().formatHex(options)));
            dialogue.server(options);
        }
        assertThat(dialogue.close().events().ofType("flow").size()).isLessThanOrEqualTo(1);
    }
}
