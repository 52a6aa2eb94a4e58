// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import org.assertj.core.api.Assertions;

class Smb1FuzzTest {
    private static final int[] COMMANDS = {0x04, 0x25, 0x2e, 0x2f, 0x32, 0x70, 0x71, 0x72, 0x73, 0x75, 0xa0, 0xa2};

    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(445).client(Smb1Bytes.message(0x72, 0, 0, Smb1Bytes.words(), new byte[1]));
        while (data.remainingBytes() > 0) {
            int command = COMMANDS[data.consumeInt(0, COMMANDS.length - 1)];
            byte[] words = data.consumeBytes(2 * data.consumeInt(0, 30));
            byte[] even = Arrays.copyOf(words, words.length & ~1);
            byte[] bytes = data.consumeBytes(300);
            if (data.consumeBoolean()) {
                dialogue.client(Smb1Bytes.message(command, 0, 0, even, bytes));
            } else {
                dialogue.server(Smb1Bytes.message(command, Smb1Bytes.REPLY, 0, even, bytes));
            }
        }
        Assertions.assertThat(dialogue.close().bodies("smb")).isNotEmpty();
    }
}
