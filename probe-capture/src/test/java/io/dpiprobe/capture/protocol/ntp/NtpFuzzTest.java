// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class NtpFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.udp(123).client(NtpDissectorTest.ANSWER);
        while (data.remainingBytes() > 0) {
            dialogue.server(data.consumeBytes(data.consumeInt(1, 100)));
        }
        assertThat(dialogue.close().appProto()).isEqualTo("ntp");
    }
}
