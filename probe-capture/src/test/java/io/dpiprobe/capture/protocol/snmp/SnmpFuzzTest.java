// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.protocol.asn1.Der;
import io.dpiprobe.capture.protocol.asn1.DerBytes;

class SnmpFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.udp(161).client(SnmpDissectorTest.GET);
        while (data.remainingBytes() > 0) {
            byte[] version = DerBytes.number(data.consumeInt(0, 3));
            byte[] bytes = data.consumeBytes(data.consumeInt(1, 1200));
            dialogue.server(DerBytes.element(Der.SEQUENCE, version, bytes));
        }
        assertThat(dialogue.close().bodies("snmp")).isNotEmpty();
    }
}
