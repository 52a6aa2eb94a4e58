// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DatagramDissectorTest {
    /** NetrJobEnum of the task scheduler, call 7 of an activity, 4 bytes of arguments. */
    static byte[] request() {
        return bytes("04 00 2000 100000 00" + "00".repeat(16) // version 4, request, idempotent, little-endian
                + "8206f71f 510a e830 076d 740be8cee98b" // atsvc
                + "11111111 2222 3333 4444 555555555555" // activity
                + "00000000 01000000 07000000" // server boot, version 1.0, call 7
                + "0200 ffff ffff 0400 0000 00 00" // operation 2, hints, 4 bytes, first fragment
                + "01020304");
    }

    static byte[] response() {
        byte[] pdu = request();
        pdu[1] = Pdu.RESPONSE;
        return pdu;
    }

    @Test
    void readsCallAndAnswer() {
        List<JsonNode> events =
                Dialogue.udp(135).client(request()).server(response()).events().ofType("dcerpc");

        assertThat(events).hasSize(1);
        assertThat(events.get(0).path("dcerpc").toString())
                .isEqualTo("{\"request\":\"REQUEST\",\"req\":{\"opnum\":2,\"frag_cnt\":1,\"stub_data_size\":4},"
                        + "\"interfaces\":[{\"uuid\":\"1ff70682-0a51-30e8-076d-740be8cee98b\",\"version\":\"1.0\"}],"
                        + "\"response\":\"RESPONSE\",\"res\":{\"frag_cnt\":1,\"stub_data_size\":4},"
                        + "\"activityuuid\":\"11111111-2222-3333-4444-555555555555\",\"seqnum\":7,"
                        + "\"rpc_version\":\"4.0\"}");
        assertThat(events.get(0).at("/probe/rpc").toString())
                .isEqualTo("{\"interface\":\"atsvc\",\"operation\":\"NetrJobEnum\"}");
    }

    @Test
    void readsBigEndianNumbers() {
        byte[] pdu = bytes("04 00 2000 000000 00" + "00".repeat(16) + "1ff70682 0a51 30e8 076d 740be8cee98b"
                + "11111111 2222 3333 4444 555555555555" + "00000000 00000001 00000007"
                + "0002 ffff ffff 0004 0000 00 00" + "01020304");
        JsonNode call = Dialogue.udp(135).client(pdu).close().bodies("dcerpc").get(0);

        assertThat(call.at("/interfaces/0/uuid").asText()).isEqualTo("1ff70682-0a51-30e8-076d-740be8cee98b");
        assertThat(call.path("seqnum").asInt()).isEqualTo(7);
        assertThat(call.path("response").asText()).isEqualTo("UNREPLIED");
    }

    @Test
    void countsEachFragmentOnce() {
        byte[] first = request();
        first[2] = 0x04;
        byte[] last = request();
        last[2] = 0x06;
        last[76] = 1;
        JsonNode call = Dialogue.udp(135)
                .client(first)
                .client(first)
                .client(last)
                .server(response())
                .bodies("dcerpc")
                .get(0);

        assertThat(call.at("/req/frag_cnt").asInt()).isEqualTo(2);
        assertThat(call.at("/req/stub_data_size").asInt()).isEqualTo(8);
    }

    @Test
    void isRecognisedOnAnyPort() {
        assertThat(Dialogue.udp(49_200).client(request()).close().appProto()).isEqualTo("dcerpc");
    }

    @Test
    void refusesEveryPrefix() {
        for (int length = 0; length < DatagramPdu.HEADER_BYTES + 4; length++) {
            byte[] cut = Arrays.copyOf(request(), length);
            assertThat(Dialogue.udp(135).client(cut).close().bodies("dcerpc")).isEmpty();
        }
    }

    @Test
    void refusesReservedFlagsAndUnknownNumbers() {
        for (int at : new int[] {0, 1, 2, 3, 4, 5, 6}) {
            byte[] wrong = request();
            wrong[at] = (byte) 0xff;
            assertThat(Dialogue.udp(135).client(wrong).close().bodies("dcerpc")).isEmpty();
        }
    }

    @Test
    @Tag("limit:DatagramDissector.MAX_OPEN_CALLS")
    void keepsNoMoreCallsThanItsLimit() {
        Dialogue dialogue = Dialogue.udp(135);
        for (int i = 0; i < 1000; i++) {
            byte[] call = request();
            call[64] = (byte) i;
            call[65] = (byte) (i >> 8);
            dialogue.client(call);
        }
        assertThat(dialogue.bodies("dcerpc")).hasSize(1000 - DatagramDissector.MAX_OPEN_CALLS);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
