// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import java.util.HexFormat;
import org.assertj.core.api.Assertions;

class EndpointsFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        String stub = HexFormat.of().formatHex(data.consumeRemainingAsBytes());
        Dialogue dialogue = EndpointsTest.asked(stub.substring(0, Math.min(stub.length(), 4000)));
        dialogue.close();
        Assertions.assertThat(dialogue.bodies("dcerpc")).hasSize(2);
    }
}
