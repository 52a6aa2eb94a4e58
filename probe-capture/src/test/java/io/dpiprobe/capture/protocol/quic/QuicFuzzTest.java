// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import java.util.HexFormat;

class QuicFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.udp(443).client(QuicBytes.bytes(QuicBytes.initial("01")));
        while (data.remainingBytes() > 0) {
            switch (data.consumeInt(0, 4)) {
                case 0 -> dialogue.client(QuicBytes.bytes(QuicBytes.initial(hex(data))));
                case 1 -> dialogue.server(QuicBytes.bytes(QuicBytes.answer(hex(data))));
                case 2 -> dialogue.client(ofGoogle(QuicVersion.T050, hex(data)));
                case 3 -> dialogue.client(ofGoogle(QuicVersion.Q050, hex(data)));
                default -> dialogue.client(QuicBytes.bytes(hex(data)));
            }
        }
        assertThat(dialogue.close().bodies("quic")).isNotEmpty();
    }

    private static byte[] ofGoogle(int version, String frames) {
        String id = QuicBytes.CLIENT_ID;
        return QuicBytes.bytes(QuicBytes.initial(Direction.TO_SERVER, version, id, id, frames));
    }

    private static String hex(FuzzedDataProvider data) {
        return HexFormat.of().formatHex(data.consumeBytes(data.consumeInt(1, 2000)));
    }
}
