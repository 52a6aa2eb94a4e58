// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.winrm;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;

class WsManagementFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        int cut = data.consumeInt(0, WsManagementTest.COMMAND.length());
        String body = WsManagementTest.COMMAND.substring(0, cut) + data.consumeRemainingAsString();
        Assertions.assertThat(WsManagementTest.asked("/wsman", "text/xml", body, StandardCharsets.UTF_8)
                        .has("encrypted"))
                .isTrue();
    }
}
