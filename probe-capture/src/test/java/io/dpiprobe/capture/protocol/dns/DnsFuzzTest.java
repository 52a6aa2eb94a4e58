// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class DnsFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue udp = Dialogue.udp(data.pickValue(new int[] {53, 5353, 8053}));
        Dialogue tcp = Dialogue.tcp(53).client(DnsDissectorTest.framed(DnsDissectorTest.QUERY));
        while (data.remainingBytes() > 0) {
            byte[] bytes = data.consumeBytes(data.consumeInt(1, 600));
            udp.client(bytes);
            tcp.client(DnsDissectorTest.framed(bytes)).server(bytes);
        }
        assertThat(tcp.close().appProto()).isEqualTo("dns");
        assertThat(udp.close().events().ofType("flow").size()).isLessThanOrEqualTo(1);
    }
}
