// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import org.assertj.core.api.Assertions;

class DatagramFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.udp(135).client(DatagramDissectorTest.request());
        dialogue.server(data.consumeBytes(500)).client(data.consumeRemainingAsBytes());
        dialogue.server(DatagramDissectorTest.response()).close();
        Assertions.assertThat(dialogue.bodies("dcerpc")).isNotEmpty();
    }
}
