// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcpv6;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import org.assertj.core.api.Assertions;

class Dhcpv6FuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.udp(547).client(Dhcpv6DissectorTest.bytes(Dhcpv6DissectorTest.SOLICIT));
        dialogue.server(data.consumeBytes(300))
                .client(data.consumeRemainingAsBytes())
                .close();
        Assertions.assertThat(dialogue.events().ofType("dhcpv6")).isNotEmpty();
    }
}
