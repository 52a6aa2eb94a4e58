// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.portmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.protocol.oncrpc.Program;
import io.dpiprobe.capture.protocol.oncrpc.RpcBytes;

class PortmapFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        boolean tcp = data.consumeBoolean();
        Dialogue dialogue = tcp ? Dialogue.tcp(111) : Dialogue.udp(111);
        RpcBytes first = RpcBytes.call(Program.PORTMAPPER, 0, 4, 0);
        dialogue.client(tcp ? first.record() : first.bytes());
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            int xid = data.consumeInt(0, 3);
            RpcBytes head = client
                    ? RpcBytes.call(Program.PORTMAPPER, xid, data.consumeInt(2, 4), data.consumeInt(0, 13))
                    : RpcBytes.reply(xid);
            head.raw(data.consumeBytes(data.consumeInt(0, 1200)));
            byte[] sent = tcp ? head.record() : head.bytes();
            dialogue = client ? dialogue.client(sent) : dialogue.server(sent);
        }
        assertThat(dialogue.close().events().ofType("portmap")).isNotEmpty();
    }
}
