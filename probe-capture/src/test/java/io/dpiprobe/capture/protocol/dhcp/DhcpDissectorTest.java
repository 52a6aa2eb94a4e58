// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class DhcpDissectorTest {
    private static final String DISCOVER_OPTIONS = "350101" // message type: discover
            + "3d07" + "01" + "020000000001" // client identifier: Ethernet
            + "3204" + "0a000063" // requested address
            + "0c04" + "686f7374" // host name
            + "3704" + "0103f906" // parameters: mask, router, one unknown, DNS
            + "ff";
    private static final String ACK_OPTIONS = "350105" // message type: ack
            + "0104ffffff00" // subnet mask
            + "0304" + "0a000001" // router
            + "0608" + "0a000001" + "08080808" // DNS servers
            + "330400000e10" // lease time
            + "3a0400000708" // renewal time
            + "3b0400000c4e" // rebinding time
            + "00ff";

    @Test
    void readsWhatAClientAsksAndAServerGives() {
        Dialogue dialogue = Dialogue.udp(67)
                .client(message(1, "00000000", DISCOVER_OPTIONS))
                .server(message(2, "0a000063", ACK_OPTIONS))
                .close();

        assertThat(dialogue.bodies("dhcp")).hasSize(2);
        JsonNode discover = dialogue.bodies("dhcp").get(0);
        assertThat(discover.path("type").asText()).isEqualTo("request");
        assertThat(discover.path("id").asLong()).isEqualTo(0xdeadbeefL);
        assertThat(discover.path("client_mac").asText()).isEqualTo("02:00:00:00:00:01");
        assertThat(discover.path("dhcp_type").asText()).isEqualTo("discover");
        assertThat(discover.path("client_id").asText()).isEqualTo("02:00:00:00:00:01");
        assertThat(discover.path("requested_ip").asText()).isEqualTo("10.0.0.99");
        assertThat(discover.path("hostname").asText()).isEqualTo("host");
        assertThat(discover.path("params").toString()).isEqualTo("[\"subnet_mask\",\"router\",\"dns_server\"]");
        JsonNode ack = dialogue.bodies("dhcp").get(1);
        assertThat(ack.path("assigned_ip").asText()).isEqualTo("10.0.0.99");
        assertThat(ack.path("relay_ip").asText()).isEqualTo("0.0.0.0");
        assertThat(ack.path("dns_servers").toString()).isEqualTo("[\"10.0.0.1\",\"8.8.8.8\"]");
        assertThat(ack.path("lease_time").asInt()).isEqualTo(3600);
        assertThat(dialogue.appProto()).isEqualTo("dhcp");
        assertThat(dialogue.events().ofType("flow").get(0).at("/flow/tx_cnt").asInt())
                .isEqualTo(2);
    }

    @Test
    void refusesAMessageWithoutTheCookie() {
        byte[] message = message(1, "00000000", DISCOVER_OPTIONS);
        message[DhcpMessage.COOKIE_OFFSET] = 0;

        assertThat(read(message)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesAMessageThatEndsBeforeItsOptions() {
        byte[] message = message(1, "00000000", DISCOVER_OPTIONS);
        for (int length = 0; length < DhcpMessage.COOKIE_OFFSET + 4; length++) {
            assertThat(read(Arrays.copyOf(message, length))).isEqualTo(Verdict.INVALID);
        }
    }

    @Test
    void passesOverAnOptionThatIsCutOff() {
        byte[] message = message(1, "00000000", DISCOVER_OPTIONS);
        for (int length = DhcpMessage.COOKIE_OFFSET + 4; length < message.length; length++) {
            assertThat(read(Arrays.copyOf(message, length))).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void showsTheUsualTypeForUnknownOnes() {
        JsonNode dhcp = Dialogue.udp(67)
                .client(message(1, "00000000", "350163ff"))
                .bodies("dhcp")
                .get(0);
        assertThat(dhcp.path("dhcp_type").asText()).isEqualTo("unknown");
    }

    static byte[] message(int op, String yourAddress, String options) {
        String hex = "0" + op + "010600" + "deadbeef" + "00000000" // op, htype, hlen, hops, xid, secs, flags
                + "00000000" + yourAddress + "00000000" + "00000000" // ciaddr, yiaddr, siaddr, giaddr
                + "020000000001" + "00".repeat(10) // chaddr
                + "00".repeat(192) // sname, file
                + "63825363" + options;
        return HexFormat.of().parseHex(hex);
    }

    private static Verdict read(byte[] bytes) {
        return new DhcpMessage().read(new Cursor().wrap(new UnsafeBuffer(bytes), 0, bytes.length));
    }
}
