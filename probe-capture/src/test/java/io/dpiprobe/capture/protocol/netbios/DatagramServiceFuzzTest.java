// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class DatagramServiceFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.udp(138).client(DatagramBytes.group(DatagramBytes.hex("")));
        while (data.remainingBytes() > 0) {
            String slot = data.consumeBoolean() ? "\\MAILSLOT\\BROWSE" : "\\MAILSLOT\\NET\\NETLOGON";
            byte[] written = data.consumeBytes(data.consumeInt(0, 200));
            byte[] sent = data.consumeBoolean() ? DatagramBytes.mailslot(slot, written) : written;
            dialogue = data.consumeBoolean()
                    ? dialogue.client(DatagramBytes.group(sent))
                    : dialogue.server(data.consumeBytes(200));
        }
        assertThat(dialogue.close().events().ofType("nbdgm")).isNotEmpty();
    }
}
