// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import org.assertj.core.api.Assertions;

class SmbFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(445).client(SmbDissectorTest.treeConnect());
        byte[] body = data.consumeBytes(500);
        dialogue.server(SmbDissectorTest.message(data.consumeInt(0, 20), 0, 1, body));
        dialogue.client(SmbDissectorTest.message(data.consumeInt(0, 20), 0, 0, data.consumeBytes(500)));
        dialogue.client(data.consumeRemainingAsBytes()).close();
        Assertions.assertThat(dialogue.bodies("smb")).isNotEmpty();
    }
}
