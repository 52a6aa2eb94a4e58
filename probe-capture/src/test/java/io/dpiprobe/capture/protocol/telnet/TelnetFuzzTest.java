// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import java.util.HexFormat;

class TelnetFuzzTest {
    private static final String[] WORDS = {
        "login: ", "Password: ", "\r\n", "Login incorrect\r\n", "ann\r\0", "$ ", "\u007f", "\u001b[1m"
    };

    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Secrets secrets = data.consumeBoolean() ? Secrets.SHOWN : Secrets.HIDDEN;
        Dialogue dialogue = Dialogue.tcp(23, secrets).server(HexFormat.of().parseHex("fffd18" + "fffb01"));
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            if (data.consumeBoolean()) {
                String word = data.pickValue(WORDS);
                dialogue = client ? dialogue.client(word) : dialogue.server(word);
            } else {
                byte[] bytes = data.consumeBytes(data.consumeInt(0, 200));
                dialogue = client ? dialogue.client(bytes) : dialogue.server(bytes);
            }
        }
        assertThat(dialogue.close().appProto()).isEqualTo("telnet");
        assertThat(dialogue.events().ofType("telnet"))
                .allSatisfy(each -> assertThat(each.path("probe")
                                .path("telnet")
                                .path("outcome")
                                .asText())
                        .isIn("accepted", "refused", "unknown"));
    }
}
