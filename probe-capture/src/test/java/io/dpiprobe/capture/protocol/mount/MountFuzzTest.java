// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mount;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.protocol.oncrpc.Program;
import io.dpiprobe.capture.protocol.oncrpc.RpcBytes;

class MountFuzzTest {
    @FuzzTest
    void survivesAnyInput(FuzzedDataProvider data) {
        boolean tcp = data.consumeBoolean();
        Dialogue dialogue = tcp ? Dialogue.tcp(20048) : Dialogue.udp(20048);
        RpcBytes first = RpcBytes.call(Program.MOUNT, 0, 3, 0);
        dialogue.client(tcp ? first.record() : first.bytes());
        while (data.remainingBytes() > 0) {
            boolean client = data.consumeBoolean();
            int xid = data.consumeInt(0, 3);
            RpcBytes head = client
                    ? RpcBytes.call(Program.MOUNT, xid, data.consumeInt(1, 3), data.consumeInt(0, 8))
                    : RpcBytes.reply(xid);
            head.raw(data.consumeBytes(data.consumeInt(0, 1200)));
            byte[] sent = tcp ? head.record() : head.bytes();
            dialogue = client ? dialogue.client(sent) : dialogue.server(sent);
        }
        assertThat(dialogue.close().events().ofType("mount")).isNotEmpty();
    }
}
