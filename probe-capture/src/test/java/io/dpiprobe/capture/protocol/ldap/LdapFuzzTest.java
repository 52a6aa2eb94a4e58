// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class LdapFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = data.consumeBoolean() ? Dialogue.tcp(389) : Dialogue.udp(389);
        dialogue.client(LdapBytes.search(1, "", text(0x87, "objectClass")));
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            int operation = data.consumeInt(0x40, 0x80);
            boolean enveloped = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(0, 1400));
            byte[] sent = enveloped ? LdapBytes.message(1, operation, bytes) : bytes;
            dialogue = client ? dialogue.client(sent) : dialogue.server(sent);
        }
        assertThat(dialogue.close().events().ofType("flow")).hasSize(1);
    }
}
