// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import java.util.HexFormat;

class QuicFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.udp(443).client(QuicBytes.bytes(QuicBytes.initial("01")));
        while (data.remainingBytes() > 0) {
            switch (data.consumeInt(0, 2)) {
                case 0 -> dialogue.client(QuicBytes.bytes(QuicBytes.initial(hex(data))));
                case 1 -> dialogue.server(QuicBytes.bytes(QuicBytes.answer(hex(data))));
                default -> dialogue.client(QuicBytes.bytes(hex(data)));
            }
        }
        assertThat(dialogue.close().bodies("quic")).isNotEmpty();
    }

    private static String hex(FuzzedDataProvider data) {
        return HexFormat.of().formatHex(data.consumeBytes(data.consumeInt(1, 2000)));
    }
}
