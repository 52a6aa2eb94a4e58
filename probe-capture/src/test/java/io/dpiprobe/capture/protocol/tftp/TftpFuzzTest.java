// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.packet.PacketBytes;

class TftpFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        PacketBytes server = PacketBytes.from("10.0.0.2", 3333).to("10.0.0.1", 40_000);
        Dialogue dialogue = Dialogue.udp(69).client("\0\1boot\0octet\0");
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(0, 1400));
            dialogue = client ? dialogue.client(bytes) : dialogue.frame(server.udp(bytes));
        }
        assertThat(dialogue.close().events().ofType("tftp")).isNotEmpty();
    }
}
