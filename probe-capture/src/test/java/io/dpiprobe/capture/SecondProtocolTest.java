// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SecondProtocolTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    /** GetRequest of SNMP: version 2c, community "a", request 1, no error, no names. */
    private static final byte[] SNMP =
            HexFormat.ofDelimiter(" ").parseHex("30 13 02 01 01 04 01 61 a0 0b 02 01 01 02 01 00 02 01 00 30 00");
    /** Who is a.b (type A)? */
    private static final byte[] DNS =
            HexFormat.ofDelimiter(" ").parseHex("00 07 01 00 00 01 00 00 00 00 00 00 01 61 01 62 00 00 01 00 01");

    @Test
    void tellsThatServerAnswersInAnotherProtocol() {
        Dialogue dialogue =
                Dialogue.tcp(22).client(REQUEST).server("SSH-2.0-x\r\n").close();

        JsonNode flow = dialogue.events().ofType("flow").get(0);
        assertThat(flow.path("app_proto").asText()).isEqualTo("http");
        assertThat(flow.path("app_proto_tc").asText()).isEqualTo("ssh");
        JsonNode anomaly = dialogue.bodies("anomaly").get(0);
        assertThat(anomaly.path("event").asText()).isEqualTo("APPLAYER_MISMATCH_PROTOCOL_BOTH_DIRECTIONS");
        assertThat(anomaly.path("layer").asText()).isEqualTo("proto_detect");
    }

    @Test
    void tellsNothingWhereBothSpeakTheSame() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client(REQUEST)
                .server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .close();

        assertThat(dialogue.bodies("anomaly")).isEmpty();
        assertThat(dialogue.events().ofType("flow").get(0).has("app_proto_tc")).isFalse();
    }

    @Test
    void failsWhereProxiedConnectionIsNotRecognised() {
        Dialogue dialogue = Dialogue.tcp(8080)
                .client("CONNECT a:1 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\n\r\n")
                .client("\1\2\3\4\5\6\7\10".repeat(200))
                .server("\1\2\3\4\5\6\7\10".repeat(200))
                .close();

        JsonNode flow = dialogue.events().ofType("flow").get(0);
        assertThat(flow.path("app_proto").asText()).isEqualTo("failed");
        assertThat(flow.path("app_proto_orig").asText()).isEqualTo("http");
    }

    @Test
    void followsProtocolOfThePortBehindDatagramOfAnother() {
        Dialogue dialogue =
                Dialogue.udp(53).client(SNMP).client(DNS).client(DNS).close();

        assertThat(dialogue.bodies("snmp")).hasSize(1);
        assertThat(dialogue.bodies("dns")).hasSize(2);
        assertThat(dialogue.appProto()).isEqualTo("dns");
        assertThat(dialogue.events()
                        .ofType("flow")
                        .get(0)
                        .path("app_proto_orig")
                        .asText())
                .isEqualTo("snmp");
    }

    @Test
    void staysWithProtocolWhosePortItIs() {
        Dialogue dialogue =
                Dialogue.udp(161).client(SNMP).client(DNS).client(SNMP).close();

        assertThat(dialogue.appProto()).isEqualTo("snmp");
        assertThat(dialogue.bodies("snmp")).hasSize(2);
    }
}
