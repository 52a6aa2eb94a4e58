// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rfb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.Verdicts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RfbDissectorTest {
    static final String VERSION_3_8 = "RFB 003.008\n";
    /** ServerInit: 640 x 480, 32 bits of which 24 count, little-endian, true colour, "desk". */
    private static final byte[] SERVER_INIT = hex("0280" + "01e0"
            + "20180001" // bits per pixel, depth, big-endian, true colour
            + "00ff00ff00ff" + "100800" + "000000" // maxima, shifts, padding
            + "00000004" + "6465736b");

    private static final byte[] CHALLENGE = hex("00112233445566778899aabbccddeeff");
    private static final byte[] RESPONSE = hex("ffeeddccbbaa99887766554433221100");

    @Test
    void readsAHandshakeWithAPassword() {
        Dialogue dialogue = Dialogue.tcp(5999)
                .server(VERSION_3_8)
                .client(VERSION_3_8)
                .server(hex("020210"))
                .client(hex("02"))
                .server(CHALLENGE)
                .client(RESPONSE)
                .server(hex("00000000"))
                .client(hex("01"))
                .server(SERVER_INIT);

        assertThat(only(dialogue).toString())
                .isEqualTo("{\"server_protocol_version\":{\"major\":\"003\",\"minor\":\"008\"},"
                        + "\"client_protocol_version\":{\"major\":\"003\",\"minor\":\"008\"},"
                        + "\"authentication\":{\"security_type\":2,\"vnc\":"
                        + "{\"challenge\":\"00112233445566778899aabbccddeeff\","
                        + "\"response\":\"ffeeddccbbaa99887766554433221100\"},\"security_result\":\"OK\"},"
                        + "\"screen_shared\":true,\"framebuffer\":{\"width\":640,\"height\":480,\"name\":\"desk\","
                        + "\"pixel_format\":{\"bits_per_pixel\":32,\"depth\":24,\"big_endian\":false,"
                        + "\"true_color\":true,\"red_max\":255,\"green_max\":255,\"blue_max\":255,"
                        + "\"red_shift\":16,\"green_shift\":8,\"blue_shift\":0}}}");
        assertThat(dialogue.close().appProto()).isEqualTo("rfb");
        assertThat(dialogue.bodies("rfb")).hasSize(1);
    }

    @Test
    void readsTheShortHandshakesOfOldVersions() {
        Dialogue version7 = Dialogue.tcp(5900)
                .server("RFB 003.007\n")
                .client("RFB 003.007\n")
                .server(hex("0101"))
                .client(hex("01"))
                .client(hex("00"))
                .server(SERVER_INIT);
        assertThat(only(version7).at("/framebuffer/name").asText()).isEqualTo("desk");

        Dialogue version3 = Dialogue.tcp(5900)
                .server("RFB 003.003\n")
                .client("RFB 003.003\n")
                .server(hex("00000001"))
                .client(hex("00"))
                .server(SERVER_INIT);
        assertThat(only(version3).at("/authentication/security_type").asInt()).isEqualTo(1);
        assertThat(only(version3).path("screen_shared").asBoolean()).isFalse();
    }

    @Test
    void writesWhyAServerRefuses() {
        Dialogue wrongPassword = Dialogue.tcp(5900)
                .server(VERSION_3_8)
                .client(VERSION_3_8)
                .server(hex("0102"))
                .client(hex("02"))
                .server(CHALLENGE)
                .client(RESPONSE)
                .server(hex("00000001" + "00000002" + "6e6f"));
        assertThat(only(wrongPassword).at("/authentication/security_result").asText())
                .isEqualTo("FAIL");
        assertThat(only(wrongPassword).path("server_security_failure_reason").asText())
                .isEqualTo("no");

        Dialogue atOnce =
                Dialogue.tcp(5900).server(VERSION_3_8).client(VERSION_3_8).server(hex("00" + "00000002" + "6e6f"));
        assertThat(only(atOnce).path("server_security_failure_reason").asText()).isEqualTo("no");
    }

    @Test
    void writesWhatItKnowsOfOtherSecurityTypes() {
        Dialogue dialogue = Dialogue.tcp(5900)
                .server("RFB 003.889\n")
                .client("RFB 003.889\n")
                .server(hex("021e23"))
                .client(hex("1e"));

        assertThat(only(dialogue).at("/authentication/security_type").asInt()).isEqualTo(30);
    }

    @Test
    void readsLaterVersionsOfMakersAsTheLastStandard() {
        for (String version : new String[] {"RFB 004.001\n", "RFB 005.000\n", "RFB 003.889\n"}) {
            Dialogue dialogue = Dialogue.tcp(6900)
                    .server(version)
                    .client(version)
                    .server(hex("0101"))
                    .client(hex("01"))
                    .server(hex("00000000"))
                    .client(hex("00"))
                    .server(SERVER_INIT);
            assertThat(only(dialogue).at("/framebuffer/name").asText()).isEqualTo("desk");
            assertThat(only(dialogue).at("/client_protocol_version/minor").asText())
                    .isEqualTo(version.substring(8, 11));
        }
    }

    @Test
    void saysThatASecurityTypeIsNotFollowed() {
        Dialogue dialogue = Dialogue.tcp(6900)
                .server("RFB 005.000\n")
                .client("RFB 005.000\n")
                .server(hex("0181"))
                .client(hex("81"));

        assertThat(only(dialogue).at("/authentication/security_type").asInt()).isEqualTo(129);
        assertThat(dialogue.bodies("anomaly"))
                .extracting(each -> each.path("event").asText())
                .containsExactly("unimplemented_security_type");
    }

    /** RFC 6143, 7.1.1. */
    @Test
    void readsOtherVersionsBelow7AsTheFirst() {
        Dialogue dialogue = Dialogue.tcp(5900)
                .server("RFB 003.006\n")
                .client("RFB 003.006\n")
                .server(hex("00000001"))
                .client(hex("00"))
                .server(SERVER_INIT);

        assertThat(only(dialogue).has("framebuffer")).isTrue();
    }

    @Test
    void refusesVersionsThatNobodyUses() {
        for (String version : new String[] {"RFB 002.000\n", "RFB 013.008\n", "RFB abc.def\n"}) {
            assertThat(Dialogue.tcp(6900).server(version).close().appProto()).isNotEqualTo("rfb");
        }
    }

    @Test
    void writesWhatItKnowsWhenTheConnectionEndsEarly() {
        Dialogue dialogue = Dialogue.tcp(5900).server(VERSION_3_8).close();

        assertThat(only(dialogue).has("server_protocol_version")).isTrue();
        assertThat(only(dialogue).has("client_protocol_version")).isFalse();
    }

    @Test
    void readsAHandshakeThatComesByteByByte() {
        Dialogue dialogue = Dialogue.tcp(5900)
                .serverByteByByte(ascii(VERSION_3_8))
                .clientByteByByte(ascii(VERSION_3_8))
                .serverByteByByte(hex("0101"))
                .client(hex("01"))
                .serverByteByByte(hex("00000000"))
                .client(hex("01"))
                .serverByteByByte(SERVER_INIT);

        assertThat(only(dialogue).at("/framebuffer/width").asInt()).isEqualTo(640);
    }

    @Test
    void refusesVersionsThatAreNotNumbers() {
        assertThat(Verdicts.read(RfbProtocol.RFB, Direction.TO_CLIENT, ascii("RFB 003.0x8\n")))
                .isEqualTo(Verdict.INVALID);
        assertThat(Verdicts.read(RfbProtocol.RFB, Direction.TO_CLIENT, ascii("RFB 003.0081")))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesANameLongerThanTheLimit() {
        byte[] init = SERVER_INIT.clone();
        init[21] = 1;
        Dialogue dialogue = Dialogue.tcp(5900)
                .server("RFB 003.003\n")
                .client("RFB 003.003\n")
                .server(hex("00000001"))
                .client(hex("00"))
                .server(init);

        assertThat(only(dialogue).has("framebuffer")).isFalse();
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        byte[] version = ascii(VERSION_3_8);
        for (int length = 1; length < version.length; length++) {
            assertThat(Verdicts.read(RfbProtocol.RFB, Direction.TO_CLIENT, Arrays.copyOf(version, length)))
                    .isEqualTo(Verdict.NEED_MORE);
        }
    }

    private static JsonNode only(Dialogue dialogue) {
        List<JsonNode> events = dialogue.bodies("rfb");
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @Test
    @Tag("limit:Authentication.MAX_REASON")
    void refusesLongerReasons() {
        assertThat(invalidAfterRefusal("00000400")).isZero();
        assertThat(invalidAfterRefusal("00000401")).isEqualTo(1);
    }

    private static long invalidAfterRefusal(String length) {
        return Dialogue.tcp(5900)
                .server(VERSION_3_8)
                .client(VERSION_3_8)
                .server(hex("00" + length))
                .statistics()
                .inspector()
                .invalid();
    }

    @Test
    @Tag("limit:Framebuffer.MAX_NAME")
    void refusesLongerNamesOfDesktops() {
        assertThat(invalidAfterName("00001000")).isZero();
        assertThat(invalidAfterName("00001001")).isEqualTo(1);
    }

    private static long invalidAfterName(String length) {
        return Dialogue.tcp(5900)
                .server("RFB 003.007\n")
                .client("RFB 003.007\n")
                .server(hex("0101"))
                .client(hex("01"))
                .client(hex("00"))
                .server(Arrays.copyOf(SERVER_INIT, 20))
                .server(hex(length))
                .statistics()
                .inspector()
                .invalid();
    }
}
