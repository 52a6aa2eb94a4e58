// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameServiceStreamDissectorTest {
    private static final int PORT = 5355;
    private static final String WPAD = "04 77706164 00 0001 0001";

    /** Where is wpad? */
    static byte[] query() {
        return bytes("0016" + "0007 0000 0001 0000 0000 0000" + WPAD);
    }

    private static byte[] answer() {
        return bytes("0026" + "0007 8000 0001 0001 0000 0000" + WPAD + "c00c 0001 0001 0000001e 0004 0a000063");
    }

    @Test
    void readsWhatIsAskedAndAnswered() {
        List<JsonNode> events = events(Dialogue.tcp(PORT).client(query()).server(answer()));

        assertThat(events.get(0).at("/probe/llmnr").toString())
                .isEqualTo(
                        "{\"type\":\"request\",\"id\":7,\"operation\":\"query\",\"name\":\"wpad\",\"rrtype\":\"A\"}");
        assertThat(events.get(1).at("/probe/llmnr").toString())
                .isEqualTo("{\"type\":\"response\",\"id\":7,\"operation\":\"query\",\"name\":\"wpad\",\"rrtype\":\"A\","
                        + "\"rcode\":0,\"addresses\":[\"10.0.0.99\"]}");
        assertThat(events.get(1).path("proto").asText()).isEqualTo("TCP");
    }

    @Test
    void readsSeveralMessagesFromOneSegmentAndOneFromMany() {
        byte[] two = Arrays.copyOf(query(), 2 * query().length);
        System.arraycopy(query(), 0, two, query().length, query().length);

        assertThat(events(Dialogue.tcp(PORT).client(two))).hasSize(2);
        assertThat(events(Dialogue.tcp(PORT).clientByteByByte(two))).hasSize(2);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        for (int length = 1; length < query().length; length++) {
            Dialogue dialogue = Dialogue.tcp(PORT).client(Arrays.copyOf(query(), length));
            assertThat(events(dialogue)).isEmpty();
            assertThat(events(dialogue.client(Arrays.copyOfRange(query(), length, query().length))))
                    .hasSize(1);
        }
    }

    @Test
    void refusesMessagesThatEndBeforeTheirName() {
        assertThat(events(Dialogue.tcp(PORT).client(bytes("0010" + "0007 0000 0001 0000 0000 0000" + WPAD))))
                .isEmpty();
        assertThat(events(Dialogue.tcp(PORT).client(bytes("000c" + "0007 0000 0001 0000 0000 0000"))))
                .isEmpty();
    }

    @Test
    void namesTheFlowWhereEveHasNoNameForIt() {
        JsonNode flow = Dialogue.tcp(PORT)
                .client(query())
                .close()
                .events()
                .ofType("flow")
                .get(0);

        assertThat(flow.path("app_proto").asText()).isEqualTo("failed");
        assertThat(flow.at("/probe/app_proto").asText()).isEqualTo("llmnr");
    }

    private static List<JsonNode> events(Dialogue dialogue) {
        return dialogue.events().ofType("llmnr");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
