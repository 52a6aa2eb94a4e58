// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.HexFormat;
import java.util.List;
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
