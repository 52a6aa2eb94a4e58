// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import java.util.HexFormat;

class TlsFuzzTest {
    private static final String SERVER_HELLO = "0303" + "11".repeat(32) + "00" + "c02b" + "00";

    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(TlsDissectorTest.record(22, TlsDissectorTest.message(1, TlsDissectorTest.CLIENT_HELLO)));
        while (data.remainingBytes() > 0) {
            int type = data.consumeInt(0, 20);
            String content = HexFormat.of().formatHex(data.consumeBytes(data.consumeInt(1, 2000)));
            dialogue.server(TlsDissectorTest.record(22, TlsDissectorTest.message(type, content)));
        }
        assertThat(dialogue.close().bodies("tls")).hasSize(1);
    }

    /** Whatever the client sends, and its hello too: what the server says is read. */
    @FuzzTest
    void readsTheServerWhateverTheClientSends(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(443);
        if (data.consumeBoolean()) {
            dialogue.client(TlsDissectorTest.record(22, TlsDissectorTest.message(1, TlsDissectorTest.CLIENT_HELLO)));
        }
        String hello = HexFormat.of().formatHex(data.consumeBytes(data.consumeInt(1, 2000)));
        dialogue.client(TlsDissectorTest.record(22, TlsDissectorTest.message(1, hello)));
        while (data.remainingBytes() > 0) {
            dialogue.client(data.consumeBytes(data.consumeInt(1, 2000)));
        }
        dialogue.server(TlsDissectorTest.record(22, TlsDissectorTest.message(2, SERVER_HELLO)));

        assertThat(dialogue.close().bodies("tls")).hasSize(1);
        assertThat(dialogue.bodies("tls").get(0).has("ja3s")).isTrue();
    }
}
