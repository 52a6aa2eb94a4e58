// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.krb5;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class KrbFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        byte[] request = KrbBytes.request(MessageType.AS_REQ, "al", "krbtgt", "EXAMPLE.COM");
        boolean tcp = data.consumeBoolean();
        Dialogue dialogue = tcp
                ? Dialogue.tcp(88).client(KrbBytes.record(request))
                : Dialogue.udp(88).client(request);
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(0, 1400));
            byte[] sent = tcp && data.consumeBoolean() ? KrbBytes.record(bytes) : bytes;
            dialogue = client ? dialogue.client(sent) : dialogue.server(sent);
        }
        assertThat(dialogue.close().events().ofType("flow")).hasSize(1);
    }
}
