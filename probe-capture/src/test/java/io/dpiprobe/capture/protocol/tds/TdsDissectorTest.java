// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tds;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.concat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TdsDissectorTest {
    /** Pre-login: version 16.0 and encryption "not supported". */
    static final byte[] PRELOGIN = hex("1201001a" + "00000100" // 26 bytes
            + "00000b0006" + "0100110001" + "ff" // places of version and encryption
            + "100000000000" + "02");

    private static final byte[] REFUSED =
            hex("aa" + "1300" + "18480000" + "01" + "0e" + "0200" + "6e006f00" + "00" + "00" + "01000000" + "00");
    private static final byte[] ACCEPTED = hex("ad" + "0e00" + "01" + "74000004" + "02" + "4d005300" + "10000000");

    @Test
    void readsALogInButNotItsPassword() {
        Dialogue dialogue = Dialogue.tcp(14330)
                .client(PRELOGIN)
                .client(login("PC", "eve", "hush", "app", "srv", "pay"))
                .server(packet(4, ACCEPTED));

        JsonNode event = only(dialogue);
        assertThat(event.path("app_proto").asText()).isEqualTo("tds");
        assertThat(event.at("/probe/sql").toString())
                .isEqualTo("{\"user\":\"eve\",\"database\":\"pay\",\"client_host\":\"PC\",\"application\":\"app\","
                        + "\"server\":\"srv\",\"server_software\":\"MS\",\"outcome\":\"accepted\"}");
        assertThat(dialogue.events().lines().get(0)).doesNotContain("hush");
        assertThat(dialogue.close().appProto()).isEqualTo("tds");
    }

    @Test
    void readsWhyALogInWasRefused() {
        byte[] information = hex("ab" + "0200" + "0000");
        JsonNode event = only(Dialogue.tcp(1433)
                .client(login("", "sa", "", "", "", ""))
                .server(packet(4, concat(information, REFUSED))));

        assertThat(event.at("/probe/sql/outcome").asText()).isEqualTo("refused");
        assertThat(event.at("/probe/sql/error").asInt()).isEqualTo(18456);
        assertThat(event.at("/probe/sql/message").asText()).isEqualTo("no");
    }

    @Test
    void saysThatALogInIsEncrypted() {
        JsonNode event = only(Dialogue.tcp(1433).client(PRELOGIN).client(packet(0x12, hex("1603030000"))));

        assertThat(event.at("/probe/sql").toString()).isEqualTo("{\"outcome\":\"encrypted\"}");
    }

    @Test
    void leavesOutTextsThatLieOutsideTheirPacket() {
        byte[] login = login("PC", "eve", "", "", "", "pay");
        login[8 + 36 + 3] = 0x7f; // length of the host's name

        JsonNode event = only(Dialogue.tcp(1433).client(login).close());
        assertThat(event.at("/probe/sql").toString()).isEqualTo("{}");
    }

    @Test
    @Tag("limit:TdsDissector.MAX_LENGTH")
    void refusesPacketsOfImpossibleLength() {
        assertThat(Verdicts.read(TdsProtocol.TDS, Direction.TO_SERVER, hex("12010007" + "00000000")))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.detect(TdsProtocol.TDS, Direction.TO_SERVER, hex("1201ffff" + "00000000" + "000000")))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(Verdicts.asksForMoreOfEveryPrefix(TdsProtocol.TDS, Direction.TO_SERVER, PRELOGIN))
                .isTrue();
    }

    static byte[] packet(int type, byte[] content) {
        return concat(hex("%02x01%04x00000100".formatted(type, 8 + content.length)), content);
    }

    /** LOGIN7 with host, user, password, application, server and database, one behind the other. */
    static byte[] login(String... given) {
        String[] texts = {given[0], given[1], given[2], given[3], given[4], "", "", "", given[5]};
        ByteBuffer bytes =
                ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN).position(36);
        int place = 36 + 4 * texts.length;
        for (String text : texts) {
            bytes.putShort((short) place).putShort((short) text.length());
            place += 2 * text.length();
        }
        for (String text : texts) {
            bytes.put(text.getBytes(StandardCharsets.UTF_16LE));
        }
        bytes.putInt(0, place);
        byte[] content = new byte[place];
        bytes.get(0, content);
        return packet(0x10, content);
    }

    private static JsonNode only(Dialogue dialogue) {
        List<JsonNode> events = dialogue.events().ofType("sql");
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
