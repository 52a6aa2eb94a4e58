// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages of DNS that are no standard queries. */
class DnsOperationsTest {
    private static final String ZONE = "04" + "636f7270" + "00"; // corp
    private static final String PC = "02" + "7063" + "c00c"; // pc, and on at the zone
    /** The zone, then: the name is free, its addresses go, one of them goes, one comes; and a signature. */
    private static final String UPDATE = "1234" + "2800" + "0001" + "0001" + "0003" + "0001"
            + ZONE + "0006" + "0001"
            + PC + "0005" + "00fe" + "00000000" + "0000"
            + PC + "0001" + "00ff" + "00000000" + "0000"
            + PC + "0001" + "00fe" + "00000000" + "0004" + "0a000007"
            + PC + "0001" + "0001" + "000004b0" + "0004" + "0a000008"
            + "016b00" + "00fa" + "00ff" + "00000000" + "0000";

    @Test
    void readsAnInverseQueryAndItsRefusal() {
        String asked = "77fc" + "0900" + "0000" + "0001" + "0000" + "0000" + "00" + "0001" + "0001" + "00000000"
                + "0004" + "0a000007";
        Dialogue dialogue = Dialogue.udp(53).client(bytes(asked)).server(bytes(refusal("8984")));

        List<JsonNode> events = dialogue.bodies("dns");
        assertThat(events.get(0).path("opcode").asInt()).isEqualTo(1);
        assertThat(events.get(0).at("/answers/0/rdata").asText()).isEqualTo("10.0.0.7");
        assertThat(events.get(1).path("rcode").asText()).isEqualTo("NOTIMP");
        assertThat(dialogue.close().appProto()).isEqualTo("dns");
    }

    @Test
    void readsAQuestionForStatus() {
        JsonNode dns = only(Dialogue.udp(53).client(bytes("0000" + "1000" + "0000" + "0000" + "0000" + "0000")));

        assertThat(dns.path("opcode").asInt()).isEqualTo(2);
    }

    @Test
    void readsARefusalFromAStream() {
        byte[] refusal = DnsDissectorTest.framed(bytes(refusal("8105")));

        assertThat(only(Dialogue.tcp(53).server(refusal)).path("rcode").asText())
                .isEqualTo("REFUSED");
    }

    @Test
    void refusesHeadersThatStandAloneOtherwise() {
        assertThat(isDns("0100")).isFalse(); // a query for nothing
        assertThat(isDns("8180")).isFalse(); // success without an answer
        assertThat(isDns("0900")).isFalse(); // an inverse query without its answer
        assertThat(Dialogue.udp(53).server(bytes(refusal("8105") + "00")).bodies("dns"))
                .isEmpty(); // something follows
    }

    @Test
    void readsANotification() {
        JsonNode dns = only(Dialogue.udp(53)
                .client(bytes("1234" + "2400" + "0001" + "0001" + "0000" + "0000"
                        + ZONE + "0006" + "0001"
                        + "c00c" + "0006" + "0001" + "00000000" + "0018" + "c00c" + "c00c"
                        + "00000007" + "00000002" + "00000003" + "00000004" + "00000005")));

        assertThat(dns.path("opcode").asInt()).isEqualTo(4);
        assertThat(dns.at("/queries/0/rrname").asText()).isEqualTo("corp");
        assertThat(dns.at("/answers/0/soa/serial").asInt()).isEqualTo(7);
    }

    @Test
    void tellsWhatAnUpdateAddsAndDeletes() {
        JsonNode event =
                Dialogue.udp(53).client(bytes(UPDATE)).events().ofType("dns").get(0);

        assertThat(event.at("/probe/dns").toString()).isEqualTo("{\"added\":1,\"deleted\":2}");
        assertThat(event.at("/dns/opcode").asInt()).isEqualTo(5);
        assertThat(event.at("/dns/queries/0/rrname").asText()).isEqualTo("corp");
        assertThat(event.at("/dns/queries/0/rrtype").asText()).isEqualTo("SOA");
        assertThat(event.at("/dns/answers/0/rrtype").asText()).isEqualTo("CNAME");
        assertThat(event.at("/dns/authorities/0").toString())
                .isEqualTo("{\"rrname\":\"pc.corp\",\"rrtype\":\"A\",\"ttl\":0}");
        assertThat(event.at("/dns/authorities/2/rdata").asText()).isEqualTo("10.0.0.8");
        assertThat(event.at("/dns/additionals/0/rrtype").asText()).isEqualTo("TSIG");
    }

    @Test
    void tellsNothingOfTheKindForTheAnswer() {
        Dialogue dialogue = Dialogue.udp(53).server(bytes("1234" + "a8" + UPDATE.substring(6)));

        assertThat(dialogue.events().ofType("dns").get(0).path("probe").has("dns"))
                .isFalse();
    }

    @Test
    void readsAnUpdateThatDeletesAStartOfAuthority() {
        JsonNode dns = only(Dialogue.udp(53)
                .client(bytes("1234" + "2800" + "0001" + "0000" + "0001" + "0000"
                        + ZONE + "0006" + "0001"
                        + "c00c" + "0006" + "00ff" + "00000000" + "0000")));

        assertThat(dns.path("authorities").toString())
                .isEqualTo("[{\"rrname\":\"corp\",\"rrtype\":\"SOA\",\"ttl\":0}]");
    }

    private static boolean isDns(String flags) {
        return "dns"
                .equals(Dialogue.udp(53).client(bytes(refusal(flags))).close().appProto());
    }

    private static String refusal(String flags) {
        return "77fc" + flags + "0000" + "0000" + "0000" + "0000";
    }

    private static JsonNode only(Dialogue dialogue) {
        assertThat(dialogue.bodies("dns")).hasSize(1);
        return dialogue.bodies("dns").get(0);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
