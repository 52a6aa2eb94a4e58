// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.oncrpc.RecordMark;
import io.dpiprobe.capture.protocol.oncrpc.RpcBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than clients and servers send. */
class NfsLimitsTest {
    @Test
    @Tag("limit:HandleNames.MAX_NAMES")
    void forgetsTheNameLearnedFirst() {
        HandleNames names = new HandleNames();
        for (int i = 0; i <= HandleNames.MAX_NAMES; i++) {
            names.put(i, 7, new WireString());
        }
        assertThat(names.find(0)).isNull();
        assertThat(names.find(1)).isNotNull();
        assertThat(names.find(HandleNames.MAX_NAMES)).isNotNull();
    }

    @Test
    @Tag("limit:OpenFiles.MAX_OPEN")
    void endsTheOldestFile() {
        Dialogue dialogue = Dialogue.tcp(2049);
        for (int i = 0; i < OpenFiles.MAX_OPEN + 3; i++) {
            byte[] handle = ByteBuffer.allocate(32).putInt(i).array();
            dialogue.client(RpcBytes.nfs(i, 3, 7)
                    .opaque(handle)
                    .wide(0)
                    .number(5)
                    .number(2)
                    .opaque(new byte[] {1, 2, 3, 4, 5})
                    .record());
        }
        assertThat(dialogue.bodies("fileinfo"))
                .hasSize(3)
                .allMatch(file -> file.path("state").asText().equals("TRUNCATED"));
    }

    @Test
    @Tag("limit:Operation.MAX_OPERATIONS")
    void readsSoManyOperationsOfACompound() {
        assertThat(removeBehind(Operation.MAX_OPERATIONS - 1)).isTrue();
        assertThat(removeBehind(Operation.MAX_OPERATIONS)).isFalse();
    }

    /** Whether a REMOVE is seen behind so many PUTROOTFH. */
    private static boolean removeBehind(int others) {
        RpcBytes call = RpcBytes.nfs(1, 4, 1).text("").number(0).number(others + 1);
        for (int i = 0; i < others; i++) {
            call.number(24);
        }
        Dialogue dialogue =
                Dialogue.tcp(2049).client(call.number(28).text("victim").record());
        dialogue.server(RpcBytes.reply(1).number(0).text("").number(0).record());
        return dialogue.close().events().lines().stream().anyMatch(line -> line.contains("victim"));
    }

    @Test
    @Tag("limit:Arguments.MAX_NAME")
    void refusesLongerNamesOfVersion3() {
        assertThat(seen(RpcBytes.nfs(1, 3, 12).text("dir!"), 1000)).isTrue();
        assertThat(seen(RpcBytes.nfs(1, 3, 12).text("dir!"), 4097)).isFalse();
    }

    @Test
    @Tag("limit:CompoundArguments.MAX_NAME")
    void refusesLongerNamesOfVersion4() {
        RpcBytes call = RpcBytes.nfs(1, 4, 1).text("").number(0).number(1).number(28);
        assertThat(seen(call, 1000)).isTrue();
        RpcBytes longer = RpcBytes.nfs(1, 4, 1).text("").number(0).number(1).number(28);
        assertThat(seen(longer, 4097)).isFalse();
    }

    /** Over UDP, where a whole message is at hand, so that no other limit is in the way. */
    private static boolean seen(RpcBytes call, int nameLength) {
        Dialogue dialogue =
                Dialogue.udp(2049).client(call.text("n".repeat(nameLength)).bytes());
        dialogue.server(RpcBytes.reply(1).number(0).zeros(8).bytes());
        return dialogue.close().events().lines().stream().anyMatch(line -> line.contains("nnnn"));
    }

    @Test
    @Tag("limit:RecordMark.MAX_LENGTH")
    void refusesLongerRecords() {
        assertThat(invalid(RecordMark.MAX_LENGTH)).isZero();
        assertThat(invalid(RecordMark.MAX_LENGTH + 1)).isEqualTo(1);
    }

    private static long invalid(int length) {
        byte[] mark = ByteBuffer.allocate(4).putInt(0x8000_0000 | length).array();
        return Dialogue.tcp(2049)
                .client(RpcBytes.nfs(1, 3, 0).record())
                .client(mark)
                .statistics()
                .inspector()
                .invalid();
    }

    @Test
    @Tag("limit:NfsDissector.HEAD_BYTES")
    void waitsForNoMoreThanTheHeadOfARecord() {
        byte[] record = RpcBytes.nfs(1, 3, 7)
                .opaque(RpcBytes.HANDLE)
                .wide(0)
                .number(50_000)
                .number(2)
                .opaque(new byte[50_000])
                .record();
        Dialogue dialogue = Dialogue.tcp(2049).client(Arrays.copyOf(record, 4 + 2048));
        for (int sent = 4 + 2048; sent < record.length; sent += 1000) {
            dialogue.client(Arrays.copyOfRange(record, sent, Math.min(record.length, sent + 1000)));
        }
        assertThat(dialogue.statistics().inspector().shownAgainBytes()).isZero();
    }
}
