// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class PgsqlFuzzTest {
    private static final String TYPES = "QpSFXdcfRSKTDCGHWENZ";

    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(5432).client(PgsqlBytes.opening(3 << 16, "user|eve||"));
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            boolean framed = data.consumeBoolean();
            char type = TYPES.charAt(data.consumeInt(0, TYPES.length() - 1));
            byte[] bytes = data.consumeBytes(data.consumeInt(0, 1200));
            byte[] sent = framed ? PgsqlBytes.message(type, bytes) : bytes;
            dialogue = client ? dialogue.client(sent) : dialogue.server(sent);
        }
        assertThat(dialogue.close().bodies("pgsql")).isNotEmpty();
    }
}
