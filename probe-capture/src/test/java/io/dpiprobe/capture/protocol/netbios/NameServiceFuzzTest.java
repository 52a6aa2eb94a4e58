// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import org.assertj.core.api.Assertions;

class NameServiceFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.udp(137).client(NameServiceDissectorTest.query());
        dialogue.server(data.consumeBytes(300))
                .client(data.consumeRemainingAsBytes())
                .close();
        Assertions.assertThat(dialogue.events().ofType("nbns")).isNotEmpty();
    }

    @FuzzTest
    void survivesAnyStream(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(5355).client(NameServiceStreamDissectorTest.query());
        dialogue.server(data.consumeBytes(300))
                .client(data.consumeRemainingAsBytes())
                .close();
        Assertions.assertThat(dialogue.events().ofType("llmnr")).isNotEmpty();
    }
}
