// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.protocol.ntlm.TokenBytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DcerpcDissectorTest {
    /** A bind to the service control manager, one context. */
    static byte[] bind() {
        return bytes(
                "05000b03 10000000 4800 0000 07000000" // header: 72 bytes, call 7
                        + "b810 b810 00000000 01000000" // fragment sizes, group, one context
                        + "0000 0100 81bb7a36 4498 f135 ad32 98f038001003 0200 0000" // svcctl 2.0
                        + "045d888a eb1c c911 9fe8 08002b104860 02000000"); // NDR
    }

    private static byte[] bindAck() {
        return bytes("05000c03 10000000 3c00 0000 07000000" + "b810 b810 01000000" // header, sizes, group
                + "0400 31333500 0000 01000000" // address "135", padding, one result
                + "0000 0000 045d888a eb1c c911 9fe8 08002b104860 02000000"); // accepted
    }

    private static final byte[] REQUEST =
            bytes("05000003 10000000 1c00 0000 08000000" + "04000000 0000 0f00" + "01020304");
    private static final byte[] RESPONSE =
            bytes("05000203 10000000 1c00 0000 08000000" + "04000000 0000 0000" + "01020304");

    @Test
    void readsBindAndCall() {
        List<JsonNode> calls = Dialogue.tcp(135)
                .client(bind())
                .server(bindAck())
                .client(REQUEST)
                .server(RESPONSE)
                .close()
                .bodies("dcerpc");

        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).toString())
                .contains("\"request\":\"BIND\"", "367abb81-9844-35f1-ad32-98f038001003", "\"ack_result\":0");
        assertThat(calls.get(1).path("req").path("opnum").asInt()).isEqualTo(15);
        assertThat(calls.get(1).path("response").asText()).isEqualTo("RESPONSE");
    }

    @Test
    void namesInterfaceAndOperation() {
        List<JsonNode> events = Dialogue.tcp(135)
                .client(bind())
                .server(bindAck())
                .client(REQUEST)
                .server(RESPONSE)
                .events()
                .ofType("dcerpc");

        assertThat(events.get(0).at("/probe/rpc").toString()).isEqualTo("{\"interface\":\"svcctl\"}");
        assertThat(events.get(1).at("/probe/rpc").toString())
                .isEqualTo("{\"interface\":\"svcctl\",\"operation\":\"ROpenSCManagerW\"}");
    }

    @Test
    void namesOperationsOfContextsAddedLater() {
        byte[] alter = bind();
        alter[2] = Pdu.ALTER_CONTEXT;
        alter[28] = 1; // context 1: the task scheduler
        byte[] tasks = bytes("8206f71f 510a e830 076d 740be8cee98b");
        System.arraycopy(tasks, 0, alter, 32, 16);
        byte[] request = REQUEST.clone();
        request[20] = 1;
        request[22] = 0;
        List<JsonNode> events = Dialogue.tcp(135)
                .client(bind())
                .server(bindAck())
                .client(alter)
                .client(request)
                .close()
                .events()
                .ofType("dcerpc");

        assertThat(events.get(events.size() - 1).at("/probe/rpc/operation").asText())
                .isEqualTo("NetrJobAdd");
    }

    @Test
    void readsWhoLogsInBehindABind() {
        byte[] token = TokenBytes.authenticate();
        byte[] auth3 = bytes("05001003 10000000 0000 0000 07000000" + "00000000" + "0a060000 00000000");
        byte[] whole = Arrays.copyOf(auth3, auth3.length + token.length);
        System.arraycopy(token, 0, whole, auth3.length, token.length);
        whole[8] = (byte) whole.length;
        whole[9] = (byte) (whole.length >> 8);
        whole[10] = (byte) token.length;
        whole[11] = (byte) (token.length >> 8);
        List<JsonNode> events = Dialogue.tcp(135)
                .client(bind())
                .server(bindAck())
                .client(whole)
                .client(REQUEST)
                .server(RESPONSE)
                .client(REQUEST)
                .server(RESPONSE)
                .events()
                .ofType("dcerpc");

        assertThat(events.get(1).at("/probe/auth/user").asText()).isEqualTo("ann");
        assertThat(events.get(2).at("/probe/auth").isMissingNode()).isTrue();
    }

    @Test
    void readsBigEndianNumbers() {
        byte[] request = bytes("05000003 00000000 001c 0000 00000008" + "00000004 0000 000f" + "01020304");
        JsonNode call =
                Dialogue.tcp(135).client(request).close().bodies("dcerpc").get(0);

        assertThat(call.path("call_id").asInt()).isEqualTo(8);
        assertThat(call.path("req").path("opnum").asInt()).isEqualTo(15);
    }

    @Test
    void countsFragmentsOfOneCall() {
        byte[] first = REQUEST.clone();
        first[3] = 1;
        byte[] last = REQUEST.clone();
        last[3] = 2;
        JsonNode call = Dialogue.tcp(135)
                .client(first)
                .client(last)
                .server(RESPONSE)
                .bodies("dcerpc")
                .get(0);

        assertThat(call.path("req").path("frag_cnt").asInt()).isEqualTo(2);
        assertThat(call.path("req").path("stub_data_size").asInt()).isEqualTo(8);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        Dialogue dialogue = Dialogue.tcp(135).clientByteByByte(bind()).serverByteByByte(bindAck());
        assertThat(dialogue.bodies("dcerpc")).hasSize(1);
    }

    @Test
    void writesCallsWithoutAnswerAtTheEnd() {
        List<JsonNode> calls = Dialogue.tcp(135).client(REQUEST).close().bodies("dcerpc");
        assertThat(calls.get(0).path("response").asText()).isEqualTo("UNREPLIED");
    }

    @Test
    void refusesAnotherVersion() {
        byte[] wrong = bind();
        wrong[0] = 6;
        assertThat(Dialogue.tcp(135).client(wrong).close().bodies("dcerpc")).isEmpty();
    }

    @Test
    @Tag("limit:DcerpcDissector.MAX_OPEN_CALLS")
    void keepsNoMoreCallsThanItsLimit() {
        Dialogue dialogue = Dialogue.tcp(135);
        for (int i = 0; i <= DcerpcDissector.MAX_OPEN_CALLS; i++) {
            byte[] request = REQUEST.clone();
            request[12] = (byte) i;
            dialogue.client(request);
        }
        assertThat(dialogue.bodies("dcerpc")).hasSize(1);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
