// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import org.assertj.core.api.Assertions;

class DcerpcFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        byte[] start = DcerpcDissectorTest.bind();
        Dialogue dialogue = Dialogue.tcp(135).client(start).server(data.consumeBytes(500));
        dialogue.client(data.consumeRemainingAsBytes()).close();
        Assertions.assertThat(dialogue.bodies("dcerpc")).isNotEmpty();
    }
}
