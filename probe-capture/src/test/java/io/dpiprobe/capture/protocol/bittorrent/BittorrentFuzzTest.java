// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class BittorrentFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.udp(6881).client("d1:");
        while (data.remainingBytes() > 0) {
            dialogue = dialogue.client(data.consumeBytes(data.consumeInt(1, 200)));
        }
        assertThat(dialogue.close().bodies("flow")).hasSize(1);
    }
}
