// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import org.assertj.core.api.Assertions;

class SecurityTokensFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        byte[] token = data.pickValue(new byte[][] {
            TokenBytes.challenge(), TokenBytes.authenticate(), TokenBytes.ticket(), TokenBytes.ticketAnswer()
        });
        for (int i = data.consumeInt(0, 8); i > 0; i--) {
            token[data.consumeInt(0, token.length - 1)] = data.consumeByte();
        }
        String text =
                TokenBytes.base64(token) + data.consumeRemainingAsAsciiString().replaceAll("[^A-Za-z0-9+/=]", "");
        Dialogue dialogue = Dialogue.tcp(80)
                .client("GET / HTTP/1.1\r\nHost: h\r\nAuthorization: NTLM " + text + "\r\n\r\n")
                .server("HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM " + text + "\r\nContent-Length: 0\r\n\r\n")
                .close();
        Assertions.assertThat(dialogue.bodies("http")).hasSize(1);
    }
}
