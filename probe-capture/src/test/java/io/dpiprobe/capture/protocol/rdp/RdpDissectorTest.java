// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.concat;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.element;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RdpDissectorTest {
    /** Connection request of user "eve" that offers TLS and CredSSP. */
    private static final byte[] REQUEST = hex(
            "03000029" // TPKT
                    + "24e00000000000" // X.224
                    + "436f6f6b69653a206d737473686173683d6576650d0a" // Cookie: mstshash=eve
                    + "0100080003000000"); // negotiation

    private static final byte[] CONFIRM = answer("021b080002000000");
    private static final String CORE = "01c0da00" // TS_UD_CS_CORE, 218 bytes
            + "04000800" + "0005" + "0003" // version, 1280 x 768
            + "01ca" + "03aa" + "07040000" // 8 bits, SAS, German
            + "614a0000" // build 19041
            + "500043000000" + "00".repeat(26) // PC
            + "04000000" + "00000000" + "0c000000" + "00".repeat(64) // keyboard, IME file
            + "01ca" + "0100" + "00000000" + "2000" + "0700" + "0904" // 32 bits, three capabilities
            + "69006400" + "00".repeat(60) // id
            + "00".repeat(8);
    private static final String NETWORK = "03c02000" + "02000000" // TS_UD_CS_NET, two channels
            + "726470647200000000008080" + "636c697072647200" + "0000a0c0";

    @Test
    void writesTheRequestAndTheAnswer() {
        Dialogue dialogue = Dialogue.tcp(33890).client(REQUEST).server(CONFIRM);

        List<JsonNode> events = dialogue.bodies("rdp");
        assertThat(events).hasSize(2);
        assertThat(events.get(0).toString())
                .isEqualTo("{\"tx_id\":1,\"event_type\":\"initial_request\",\"cookie\":\"eve\"}");
        assertThat(events.get(1).toString())
                .isEqualTo("{\"tx_id\":2,\"event_type\":\"initial_response\",\"server_supports\":"
                        + "[\"extended_client_data\",\"dynvc_gfx\",\"restricted_admin\",\"redirected_authentication\"],"
                        + "\"protocol\":\"hybrid\"}");
        assertThat(dialogue.close().appProto()).isEqualTo("rdp");
    }

    @Test
    void writesWhyAServerRefuses() {
        JsonNode answer = Dialogue.tcp(3389)
                .client(REQUEST)
                .server(answer("0300080005000000"))
                .bodies("rdp")
                .get(1);

        assertThat(answer.path("error_code").asInt()).isEqualTo(5);
        assertThat(answer.path("reason").asText()).isEqualTo("hybrid required by server");
    }

    @Test
    void readsWhatAClientSaysOfItself() {
        Dialogue dialogue = Dialogue.tcp(3389)
                .client(REQUEST)
                .server(answer(""))
                .client(connectInitial(CORE + NETWORK))
                .server(mcs(element(0x66, number(0))));

        List<JsonNode> events = dialogue.bodies("rdp");
        assertThat(events).hasSize(4);
        JsonNode client = events.get(2).path("client");
        assertThat(client.path("version").asText()).isEqualTo("v5");
        assertThat(client.path("desktop_width").asInt()).isEqualTo(1280);
        assertThat(client.path("desktop_height").asInt()).isEqualTo(768);
        assertThat(client.path("color_depth").asInt()).isEqualTo(32);
        assertThat(client.path("keyboard_layout").asText()).isEqualTo("de-DE");
        assertThat(client.path("build").asText()).isEqualTo("Windows 10 2004");
        assertThat(client.path("client_name").asText()).isEqualTo("PC");
        assertThat(client.path("keyboard_type").asText()).isEqualTo("enhanced");
        assertThat(client.path("function_keys").asInt()).isEqualTo(12);
        assertThat(client.path("product_id").asInt()).isEqualTo(1);
        assertThat(client.path("capabilities").toString())
                .isEqualTo("[\"support_errinfo_pdf\",\"strong_asymmetric_keys\",\"support_heartbeat_pdu\"]");
        assertThat(client.path("id").asText()).isEqualTo("id");
        assertThat(events.get(2).path("channels").toString()).isEqualTo("[\"rdpdr\",\"cliprdr\"]");
        assertThat(events.get(3).path("event_type").asText()).isEqualTo("connect_response");
    }

    @Test
    void writesTheTlsHandshakeInsideAndStaysRdp() {
        byte[] hello = hex("160303002f" + "0100002b" + "0303" + "11".repeat(32) + "00" + "0002c02f" + "0100" + "0000");
        Dialogue dialogue =
                Dialogue.tcp(3389).client(REQUEST).server(CONFIRM).client(hello).close();

        assertThat(dialogue.bodies("tls")).hasSize(1);
        assertThat(dialogue.bodies("tls").get(0).path("from_proto").asText()).isEqualTo("rdp");
        assertThat(dialogue.appProto()).isEqualTo("rdp");
    }

    @Test
    @Tag("limit:ConnectInitial.MAX_CHANNELS")
    void refusesMoreChannelsThanThereCanBe() {
        byte[] many = connectInitial("03c00800" + "20000000");

        assertThat(Verdicts.read(RdpProtocol.RDP, Direction.TO_SERVER, many)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesBytesThatAreNeitherAPacketNorARecord() {
        assertThat(Verdicts.read(RdpProtocol.RDP, Direction.TO_SERVER, hex("04000013")))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.read(RdpProtocol.RDP, Direction.TO_SERVER, hex("03000003")))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void leavesOtherUsersOfX224Alone() {
        byte[] plc = hex("03000016" + "11e00000000100" + "c0010a" + "c1020100" + "c2020102");

        assertThat(Verdicts.detect(RdpProtocol.RDP, Direction.TO_SERVER, plc)).isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.detect(RdpProtocol.RDP, Direction.TO_SERVER, REQUEST))
                .isEqualTo(Verdict.OK);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(Verdicts.asksForMoreOfEveryPrefix(RdpProtocol.RDP, Direction.TO_SERVER, connectInitial(CORE)))
                .isTrue();
    }

    /** An X.224 connection confirm with this negotiation. */
    static byte[] answer(String negotiation) {
        int length = 7 + negotiation.length() / 2;
        return hex("030000%02x%02xd00000123400".formatted(4 + length, length - 1) + negotiation);
    }

    /** A client's MCS message with these blocks of data. */
    static byte[] connectInitial(String blocks) {
        byte[] data = hex(blocks);
        byte[] duca = concat(
                hex("000800100001c000"), "Duca".getBytes(StandardCharsets.US_ASCII), perLength(data.length), data);
        byte[] gcc = concat(hex("000500147c0001"), perLength(duca.length), duca);
        byte[] selector = element(4, new byte[] {1});
        byte[] parameters = element(0x30, number(34), number(2));
        byte[] flag = element(1, new byte[] {(byte) 0xff});
        byte[] user = element(4, gcc);
        return mcs(element(0x65, selector, selector, flag, parameters, parameters, parameters, user));
    }

    /** MCS messages have a tag of two bytes, of which the first is added here. */
    static byte[] mcs(byte[] message) {
        int length = 4 + 3 + 1 + message.length;
        return concat(hex("0300%04x02f0807f".formatted(length)), message);
    }

    private static byte[] perLength(int length) {
        return hex("%04x".formatted(0x8000 | length));
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
