// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MysqlDissectorTest {
    /** Greeting of version 8.1. */
    static final byte[] GREETING = hex(
            "19000000" // 25 bytes, packet 0
                    + "0a" + "382e3100" // protocol, version
                    + "07000000" + "1122334455667788" + "00" // thread, first part of the challenge
                    + "ffff" + "21" + "0200" + "ffff"); // capabilities, character set, status, capabilities

    /** Log-in of "eve" to database "pay" by program "sh", with a proof of four bytes that spells "hush". */
    static final String LOGIN = "8da21800" // capabilities: database, protocol 4.1, secure, plugin, attributes
            + "00000001" + "21" + "00".repeat(23)
            + "65766500" + "0468757368" + "70617900" // user, proof, database
            + "7800" // plugin
            + "10" + "0c70726f6772616d5f6e616d65" + "027368"; // attributes

    private static final String REFUSED = "ff1504" + "233238303030" + "6e6f"; // 1045, state, "no"

    @Test
    void readsALogInButNotItsProof() {
        Dialogue dialogue =
                Dialogue.tcp(13306).server(GREETING).client(packet(1, LOGIN)).server(packet(2, "00000002000000"));

        JsonNode event = only(dialogue);
        assertThat(event.path("app_proto").asText()).isEqualTo("mysql");
        assertThat(event.at("/probe/sql").toString())
                .isEqualTo("{\"user\":\"eve\",\"database\":\"pay\",\"application\":\"sh\","
                        + "\"server_software\":\"8.1\",\"outcome\":\"accepted\"}");
        assertThat(dialogue.events().lines().get(0)).doesNotContain("hush");
        assertThat(dialogue.close().appProto()).isEqualTo("mysql");
    }

    @Test
    void readsWhyALogInWasRefused() {
        JsonNode event = only(
                Dialogue.tcp(3306).server(GREETING).client(packet(1, LOGIN)).server(packet(2, REFUSED)));

        assertThat(event.at("/probe/sql/outcome").asText()).isEqualTo("refused");
        assertThat(event.at("/probe/sql/error").asInt()).isEqualTo(1045);
        assertThat(event.at("/probe/sql/message").asText()).isEqualTo("no");
    }

    @Test
    void handsOverToTls() {
        String request = "00080000" + "00000001" + "21" + "00".repeat(23);
        Dialogue dialogue = Dialogue.tcp(3306)
                .server(GREETING)
                .client(packet(1, request))
                .client(hex("160303002f0100002b0303" + "11".repeat(32) + "000002c02f0100" + "0000"))
                .close();

        assertThat(only(dialogue).at("/probe/sql/outcome").asText()).isEqualTo("encrypted");
        assertThat(dialogue.bodies("tls").get(0).path("from_proto").asText()).isEqualTo("mysql");
    }

    @Test
    @Tag("limit:MysqlDissector.MAX_LENGTH")
    void refusesPacketsLongerThanALogIn() {
        assertThat(Verdicts.read(MysqlProtocol.MYSQL, Direction.TO_SERVER, hex("010001" + "00")))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesOtherProtocols() {
        byte[] protocol9 = GREETING.clone();
        protocol9[4] = 9;

        assertThat(Verdicts.detect(MysqlProtocol.MYSQL, Direction.TO_CLIENT, protocol9))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(Verdicts.asksForMoreOfEveryPrefix(MysqlProtocol.MYSQL, Direction.TO_CLIENT, GREETING))
                .isTrue();
    }

    static byte[] packet(int number, String content) {
        return hex("%02x%02x00%02x".formatted((content.length() / 2) & 0xff, (content.length() / 2) >> 8, number)
                + content);
    }

    private static JsonNode only(Dialogue dialogue) {
        List<JsonNode> events = dialogue.events().ofType("sql");
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @Test
    @Tag("limit:LoginRequest.MAX_ATTRIBUTES")
    void looksAtSoManyAttributes() {
        assertThat(programBehind(31)).isEqualTo("sh");
        assertThat(programBehind(32)).isEmpty();
    }

    private static String programBehind(int others) {
        String program = "0c70726f6772616d5f6e616d65" + "027368";
        String attributes = "01610162".repeat(others) + program;
        String login = LOGIN.substring(0, LOGIN.length() - 2 - program.length())
                + "%02x".formatted(attributes.length() / 2)
                + attributes;
        Dialogue dialogue =
                Dialogue.tcp(3306).server(GREETING).client(packet(1, login)).server(packet(2, "00000002000000"));
        return only(dialogue).at("/probe/sql/application").asText();
    }
}
