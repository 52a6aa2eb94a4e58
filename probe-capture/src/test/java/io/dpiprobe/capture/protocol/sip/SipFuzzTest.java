// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class SipFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        boolean datagrams = data.consumeBoolean();
        Dialogue dialogue = datagrams ? Dialogue.udp(5060) : Dialogue.tcp(5060);
        dialogue.client("INVITE sip:a@example.net SIP/2.0\r\nc:application/sdp\r\nl:5\r\n\r\nv=0\r\n");
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(1, 1400));
            if (bytes.length > 0) {
                dialogue = client ? dialogue.client(bytes) : dialogue.server(bytes);
            }
        }
        assertThat(dialogue.close().bodies("sip")).isNotEmpty();
    }
}
