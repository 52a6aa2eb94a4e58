// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NameServiceDissectorTest {
    /** FS1, padded to fifteen bytes, and 0x20 for a file server; each half byte is a letter. */
    private static final String FS1 = "20" + "4547 4644 4442" + "4341".repeat(12) + "4341" + "00";

    /** A broadcast asks for FS1. */
    static byte[] query() {
        return bytes("1234 0110 0001 0000 0000 0000" + FS1 + "0020 0001");
    }

    /** Somebody says that it is FS1. */
    private static byte[] answer() {
        return bytes("1234 8500 0000 0001 0000 0000" + FS1 + "0020 0001 00000078 0006 0000 0a000063");
    }

    @Test
    void readsWhatIsAskedFor() {
        List<JsonNode> events =
                Dialogue.udp(137).client(query()).server(answer()).events().ofType("nbns");

        assertThat(events.get(0).at("/probe/nbns").toString())
                .isEqualTo(
                        "{\"type\":\"request\",\"id\":4660,\"operation\":\"query\",\"name\":\"FS1\",\"suffix\":\"20\","
                                + "\"rrtype\":\"NB\"}");
        assertThat(events.get(1).at("/probe/nbns").toString())
                .isEqualTo(
                        "{\"type\":\"response\",\"id\":4660,\"operation\":\"query\",\"name\":\"FS1\",\"suffix\":\"20\","
                                + "\"rrtype\":\"NB\",\"rcode\":0,\"addresses\":[\"10.0.0.99\"]}");
        assertThat(events.get(1).path("src_ip").asText()).isEqualTo("10.0.0.2");
    }

    @Test
    void readsTheNamesOfAMachine() {
        String own = "02" + "465331" + "20".repeat(12) + "20" + "0400" + "434f5250" + "20".repeat(11) + "1e" + "8400";
        byte[] status = bytes("0001 8400 0000 0001 0000 0000" + FS1 + "0021 0001 00000000 0025" + own);
        JsonNode event = Dialogue.udp(137)
                .client(query())
                .server(status)
                .events()
                .ofType("nbns")
                .get(1);

        assertThat(event.at("/probe/nbns/own_names").toString()).isEqualTo("[\"FS1<20>\",\"CORP<1e>\"]");
    }

    @Test
    void readsLlmnr() {
        String wpad = "04 77706164 00 0001 0001";
        byte[] asked = bytes("0007 0000 0001 0000 0000 0000" + wpad);
        byte[] answered = bytes("0007 8000 0001 0001 0000 0000" + wpad + "c00c 0001 0001 0000001e 0004 0a000063");
        List<JsonNode> events =
                Dialogue.udp(5355).client(asked).server(answered).events().ofType("llmnr");

        assertThat(events.get(1).at("/probe/llmnr").toString())
                .isEqualTo("{\"type\":\"response\",\"id\":7,\"operation\":\"query\",\"name\":\"wpad\",\"rrtype\":\"A\","
                        + "\"rcode\":0,\"addresses\":[\"10.0.0.99\"]}");
    }

    @Test
    void namesNoOperationThatLlmnrDoesNotHave() {
        byte[] asked = bytes("0007 7800 0001 0000 0000 0000 04 77706164 00 0001 0001");

        assertThat(Dialogue.udp(5355)
                        .client(asked)
                        .events()
                        .ofType("llmnr")
                        .get(0)
                        .at("/probe/llmnr/operation")
                        .asText())
                .isEqualTo("unknown");
    }

    @Test
    void namesTheFlowWhereEveHasNoNameForIt() {
        JsonNode flow = Dialogue.udp(137)
                .client(query())
                .close()
                .events()
                .ofType("flow")
                .get(0);

        assertThat(flow.path("app_proto").asText()).isEqualTo("failed");
        assertThat(flow.at("/probe/app_proto").asText()).isEqualTo("nbns");
    }

    @Test
    void refusesEveryPrefix() {
        for (int length = 1; length < query().length; length++) {
            assertThat(Dialogue.udp(137)
                            .client(Arrays.copyOf(query(), length))
                            .close()
                            .events()
                            .ofType("nbns"))
                    .isEmpty();
        }
    }

    @Test
    void refusesLettersThatAreNoHalfBytes() {
        byte[] wrong = query();
        wrong[13] = 'z';
        assertThat(Dialogue.udp(137).client(wrong).close().events().ofType("nbns"))
                .isEmpty();
    }

    @Test
    @Tag("limit:ServiceName.MAX_BYTES")
    void refusesNamesThatAreTooLong() {
        byte[] wrong = bytes("0007 0000 0001 0000 0000 0000" + ("3f" + "61".repeat(63)).repeat(5) + "00 0001 0001");
        assertThat(Dialogue.udp(5355).client(wrong).close().events().ofType("llmnr"))
                .isEmpty();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    @Tag("limit:NameServiceDissector.MAX_ANSWERS")
    void showsSoManyAnswers() {
        String addresses = "0000" + "0a000063";
        byte[] answer = bytes("1234 8500 0000 0001 0000 0000" + FS1 + "0020 0001 00000078 0078" + addresses.repeat(20));
        JsonNode event = Dialogue.udp(137)
                .client(query())
                .server(answer)
                .events()
                .ofType("nbns")
                .get(1);

        assertThat(event.at("/probe/nbns/addresses")).hasSize(NameServiceDissector.MAX_ANSWERS);
    }

    @Test
    @Tag("limit:NameServiceDissector.MAX_OWN_NAMES")
    void showsSoManyNamesOfAMachine() {
        String own = "28" + ("465331" + "20".repeat(12) + "20" + "0400").repeat(40);
        byte[] status = bytes("0001 8400 0000 0001 0000 0000" + FS1 + "0021 0001 00000000 02d1" + own);
        JsonNode event = Dialogue.udp(137)
                .client(query())
                .server(status)
                .events()
                .ofType("nbns")
                .get(1);

        assertThat(event.at("/probe/nbns/own_names")).hasSize(NameServiceDissector.MAX_OWN_NAMES);
    }
}
