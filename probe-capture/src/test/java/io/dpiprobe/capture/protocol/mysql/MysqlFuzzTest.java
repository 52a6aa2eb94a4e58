// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import java.util.HexFormat;

class MysqlFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(3306).server(MysqlDissectorTest.GREETING);
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            byte[] bytes = data.consumeBytes(data.consumeInt(1, 1200));
            byte[] sent = MysqlDissectorTest.packet(1, HexFormat.of().formatHex(bytes));
            dialogue = client ? dialogue.client(sent) : dialogue.server(sent);
        }
        assertThat(dialogue.close().events().ofType("sql")).hasSize(1);
    }
}
