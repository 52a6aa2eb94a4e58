// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.concat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What programs with short messages have in common, shown with the port mapper. */
class RpcDissectorTest {
    @Test
    void tellsACallThatIsNotAnswered() {
        Dialogue dialogue = Dialogue.udp(111).client(call(1).bytes());
        assertThat(dialogue.events().ofType("portmap")).isEmpty();

        JsonNode event = dialogue.close().events().ofType("portmap").get(0);
        assertThat(event.at("/rpc/status").isMissingNode()).isTrue();
        assertThat(event.at("/probe/portmap").toString()).isEqualTo("{\"version\":2,\"procedure\":\"DUMP\"}");
    }

    @Test
    void tellsACallThatIsSentAgainOnce() {
        Dialogue dialogue = Dialogue.udp(111)
                .client(call(1).bytes())
                .client(call(1).bytes())
                .server(reply(1).bytes())
                .close();
        assertThat(dialogue.events().ofType("portmap")).hasSize(1);
        assertThat(dialogue.bodies("flow").get(0).path("tx_cnt").asInt()).isEqualTo(1);
    }

    @Test
    void matchesRepliesInAnyOrder() {
        List<JsonNode> events = Dialogue.tcp(111)
                .client(concat(call(1).record(), call(2).record()))
                .server(concat(reply(2).record(), reply(1).record(), reply(3).record()))
                .close()
                .events()
                .ofType("portmap");
        assertThat(events).extracting(event -> event.at("/rpc/xid").asInt()).containsExactly(2, 1);
    }

    @Test
    void passesOverCallsOfOtherPrograms() {
        Dialogue dialogue = Dialogue.tcp(111)
                .client(call(1).record())
                .client(RpcBytes.nfs(2, 3, 0).record())
                .server(reply(2).record())
                .server(reply(1).record());
        assertThat(dialogue.close().events().ofType("portmap")).hasSize(1);
    }

    @Test
    @Tag("limit:RpcDissector.HEAD_BYTES")
    void passesOverTheRestOfALongRecord() {
        byte[] record = reply(1).zeros(100_000).record();
        Dialogue dialogue = Dialogue.tcp(111)
                .client(concat(call(1).record(), call(2).record()))
                .server(Arrays.copyOf(record, 4 + RpcDissector.HEAD_BYTES));
        assertThat(dialogue.events().ofType("portmap")).hasSize(1);
        for (int sent = 4 + RpcDissector.HEAD_BYTES; sent < record.length; sent += 1000) {
            dialogue.server(Arrays.copyOfRange(record, sent, Math.min(record.length, sent + 1000)));
        }
        dialogue.server(reply(2).record());
        assertThat(dialogue.events().ofType("portmap")).hasSize(2);
        assertThat(dialogue.statistics().inspector().shownAgainBytes()).isZero();
    }

    @Test
    void passesOverLaterFragments() {
        byte[] whole = reply(1).bytes();
        byte[] first = ByteBuffer.allocate(4 + whole.length)
                .putInt(whole.length)
                .put(whole)
                .array();
        byte[] last = ByteBuffer.allocate(4 + 300).putInt(0x8000_0000 | 300).array();
        Dialogue dialogue = Dialogue.tcp(111)
                .client(concat(call(1).record(), call(2).record()))
                .server(concat(first, last, reply(2).record()));
        assertThat(dialogue.events().ofType("portmap")).hasSize(2);
    }

    @Test
    void readsByteByByte() {
        Dialogue dialogue = Dialogue.tcp(111).clientByteByByte(call(1).record()).serverByteByByte(reply(1).record());
        assertThat(dialogue.events().ofType("portmap")).hasSize(1);
    }

    private static RpcBytes call(int xid) {
        return RpcBytes.call(Program.PORTMAPPER, xid, 2, 4);
    }

    private static RpcBytes reply(int xid) {
        return RpcBytes.reply(xid).number(0);
    }
}
