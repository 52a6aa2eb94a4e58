// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Dhcpv6DissectorTest {
    /** Client identifier of a card at some time, and its address. */
    private static final String CLIENT_ID = "0001000e" + "0001" + "0001" + "2a3b4c5d" + "020000000001";

    static final String SOLICIT = "01" + "abcdef" // solicit, transaction-id
            + CLIENT_ID
            + "00080002" + "0000" // elapsed_time
            + "0003000c" + "00000001" + "00000000" + "00000000" // IA_NA
            + "0027000a" + "00" + "0377733104" + "636f7270" // client FQDN ws1.corp, partial
            + "0010000e" + "00000137" + "0008" + "4d53465420352e30"; // vendor class of Microsoft, MSFT 5.0
    /** As who attacks name resolution answers: an address, and itself for a DNS server. */
    private static final String REPLY = "07" + "abcdef"
            + CLIENT_ID
            + "0002000a" + "00030001" + "020000000002" // server identifier, of a card
            + "00030028" + "00000001" + "000000c8" + "000000fa" // IA_NA
            + "00050018" + "fe80" + "00".repeat(12) + "0102" + "0000012c" + "0000012c" // address, 300 s
            + "00170010" + "fe80" + "00".repeat(12) + "0002" // DNS server
            + "0018000b" + "04636f7270" + "00" + "036c616200"; // domain list corp, lab

    @Test
    void readsWhatAClientAsksFor() {
        JsonNode event = event(SOLICIT);

        assertThat(event.path("event_type").asText()).isEqualTo("dhcpv6");
        JsonNode said = event.at("/probe/dhcpv6");
        assertThat(said.path("type").asText()).isEqualTo("solicit");
        assertThat(said.path("id").asInt()).isEqualTo(0xabcdef);
        assertThat(said.path("client_duid").asText()).isEqualTo("00:01:00:01:2a:3b:4c:5d:02:00:00:00:00:01");
        assertThat(said.path("client_mac").asText()).isEqualTo("02:00:00:00:00:01");
        assertThat(said.path("hostname").asText()).isEqualTo("ws1.corp");
        assertThat(said.path("vendor_enterprise").asInt()).isEqualTo(311);
        assertThat(said.path("vendor_class").asText()).isEqualTo("MSFT 5.0");
        assertThat(said.has("leases")).isFalse();
    }

    @Test
    void readsWhatAServerHandsOut() {
        JsonNode said = event(REPLY).at("/probe/dhcpv6");

        assertThat(said.path("type").asText()).isEqualTo("reply");
        assertThat(said.path("server_duid").asText()).isEqualTo("00:03:00:01:02:00:00:00:00:02");
        assertThat(said.path("leases"))
                .hasToString("[{\"ip\":\"fe80:0000:0000:0000:0000:0000:0000:0102\",\"preferred_lifetime\":300,"
                        + "\"valid_lifetime\":300}]");
        assertThat(said.path("dns_servers")).hasToString("[\"fe80:0000:0000:0000:0000:0000:0000:0002\"]");
        assertThat(said.path("domains").asText()).isEqualTo("corp,lab");
    }

    @Test
    void readsPrefixesAndRefusals() {
        String prefix = "07000001" + "00190029" + "00000001" + "00000e10" + "00001c20" // IA_PD
                + "001a0019" + "00000e10" + "00001c20" + "38" + "20010db8" + "00".repeat(12); // prefix of 56 bits
        String refusal = "07000001" + "00030012" + "00000001" + "00000000" + "00000000" + "000d0002" + "0002";

        assertThat(event(prefix).at("/probe/dhcpv6/leases/0/prefix_length").asInt())
                .isEqualTo(56);
        assertThat(event(refusal).at("/probe/dhcpv6/status_code").asInt()).isEqualTo(2); // NoAddrsAvail
    }

    @Test
    void readsAMessageInsideThoseOfRelays() {
        JsonNode said = event(relayed(relayed(SOLICIT, "0a"), "0b")).at("/probe/dhcpv6");

        assertThat(said.path("type").asText()).isEqualTo("solicit");
        assertThat(said.at("/relay/count").asInt()).isEqualTo(2);
        assertThat(said.at("/relay/peer_ip").asText()).isEqualTo("fe80:0000:0000:0000:0000:0000:0000:000a");
    }

    @Test
    @Tag("limit:Dhcpv6Message.MAX_RELAYS")
    void refusesMoreRelaysThanThereMayBe() {
        String message = SOLICIT;
        for (int i = 0; i < Dhcpv6Message.MAX_RELAYS; i++) {
            message = relayed(message, "0a");
        }
        assertThat(events(message)).isOne();
        assertThat(events(relayed(message, "0a"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0e000001", // no such type
                "01000001" + "0001", // half an option
                "01000001" + "00010004" + "0001", // an option longer than the message
                "07000001" + "00170011" + "0000000000000000000000000000000000", // no whole address
                "07000001" + "0003000b" + "0000000100000000000000" // an association cut short
            })
    void refuses(String message) {
        assertThat(events(message)).isZero();
    }

    @Test
    void writesNothingOfAPrefixThatEndsInsideAnOption() {
        byte[] whole = HexFormat.of().parseHex(REPLY);
        int written = 0;
        for (int length = 0; length < whole.length; length++) {
            written += events(HexFormat.of().formatHex(Arrays.copyOf(whole, length)));
        }
        assertThat(written).isEqualTo(5); // behind the header, and behind each option but the last
    }

    @Test
    @Tag("limit:Leases.MAX")
    void keepsNoMoreLeasesThanItsLimit() {
        String address = "00050018" + "fe80" + "00".repeat(14) + "0000012c" + "0000012c";
        int count = 100;
        String message = "07000001" + "0003%04x".formatted(12 + count * 28) + "00".repeat(12) + address.repeat(count);

        assertThat(event(message).at("/probe/dhcpv6/leases")).hasSize(Leases.MAX);
    }

    @Test
    void namesTheFlow() {
        Dialogue dialogue = Dialogue.udp(547).client(bytes(SOLICIT)).close();

        JsonNode flow = dialogue.events().ofType("flow").get(0);
        assertThat(flow.path("app_proto").asText()).isEqualTo("failed");
        assertThat(flow.at("/probe/app_proto").asText()).isEqualTo("dhcpv6");
    }

    private static String relayed(String message, String peer) {
        return "0c00" + "20010db8" + "00".repeat(12) // relay-forward, hop-count, link-address
                + "fe80" + "00".repeat(13) + peer
                + "0009%04x".formatted(message.length() / 2) + message;
    }

    private static JsonNode event(String message) {
        return Dialogue.udp(547)
                .client(bytes(message))
                .close()
                .events()
                .ofType("dhcpv6")
                .get(0);
    }

    private static int events(String message) {
        return Dialogue.udp(547)
                .client(bytes(message))
                .close()
                .events()
                .ofType("dhcpv6")
                .size();
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
