// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import static io.dpiprobe.capture.protocol.quic.QuicBytes.CLIENT_ID;
import static io.dpiprobe.capture.protocol.quic.QuicBytes.SERVER_ID;
import static io.dpiprobe.capture.protocol.quic.QuicBytes.answer;
import static io.dpiprobe.capture.protocol.quic.QuicBytes.bytes;
import static io.dpiprobe.capture.protocol.quic.QuicBytes.crypto;
import static io.dpiprobe.capture.protocol.quic.QuicBytes.initial;
import static io.dpiprobe.capture.protocol.quic.QuicBytes.vector;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class QuicDissectorTest {
    /** Offers TLS 1.3, with GREASE among its cipher suites, versions and extensions. */
    static final String CLIENT_HELLO = message(
            "01",
            "0303" + "00".repeat(32) + "00" // legacy_version, random, no session id
                    + "0004" + "0a0a" + "1301" // cipher_suites
                    + "0100" // compression_methods
                    + "0032"
                    + "1a1a0000" // GREASE
                    + "0000" + "0010" + "000e" + "00" + "000b" + "6578616d706c652e636f6d" // server_name example.com
                    + "0010" + "0005" + "0003" + "026833" // ALPN h3
                    + "000d" + "0004" + "0002" + "0403" // signature_algorithms
                    + "002b" + "0005" + "04" + "0304" + "fafa"); // supported_versions

    static final String SERVER_HELLO =
            message("02", "0303" + "11".repeat(32) + "00" + "1301" + "00" + "0006" + "002b" + "0002" + "0304");

    private static final String ACK = "02" + "00" + "00" + "00" + "00";
    private static final String PADDING = "00".repeat(40);

    @Test
    void readsTheHelloOfAClient() {
        JsonNode quic = only(Dialogue.udp(443).client(bytes(initial(crypto(0, CLIENT_HELLO) + PADDING))));

        assertThat(quic.path("version").asText()).isEqualTo("1");
        assertThat(quic.path("sni").asText()).isEqualTo("example.com");
        assertThat(quic.at("/ja3/string").asText()).isEqualTo("771,4865,0-16-13-43,,");
        // sha256("1301") and sha256("000d,002b_0403"), twelve digits of each
        assertThat(quic.path("ja4").asText()).isEqualTo("q13d0104h3_0f2cb44170f4_3953dc75acc4");
        assertThat(quic.path("extensions").toString())
                .isEqualTo("[{\"type\":6682},{\"name\":\"server_name\",\"type\":0,\"values\":[\"example.com\"]},"
                        + "{\"name\":\"alpn\",\"type\":16,\"values\":[\"h3\"]},"
                        + "{\"name\":\"signature_algorithms\",\"type\":13,\"values\":[\"1027\"]},"
                        + "{\"name\":\"supported_versions\",\"type\":43,"
                        + "\"values\":[\"Tls13\",\"TlsVersion(64250 / 0xfafa)\"]}]");
    }

    @Test
    void readsTheHelloOfAServerAndThenNoMore() {
        Dialogue dialogue = Dialogue.udp(4433)
                .client(bytes(initial(crypto(0, CLIENT_HELLO))))
                .server(bytes(answer(ACK) + QuicBytes.other(2, 1)))
                .server(bytes(answer(crypto(0, SERVER_HELLO)) + QuicBytes.other(2, 1)))
                .server(bytes(answer(ACK)))
                .client(bytes(initial(ACK)));

        List<JsonNode> events = dialogue.bodies("quic");
        assertThat(events).hasSize(4);
        assertThat(events.get(1).size()).as("an Initial without a hello").isOne();
        assertThat(events.get(2).size()).as("a Handshake packet behind it").isOne();
        assertThat(events.get(3).at("/ja3s/string").asText()).isEqualTo("771,4865,43");
        assertThat(dialogue.events().ofType("quic").get(3).path("src_port").asInt())
                .isEqualTo(4433);
        assertThat(dialogue.close().appProto()).isEqualTo("quic");
    }

    @Test
    void putsAHelloTogetherFromFramesInAnyOrderAndPackets() {
        String first = crypto(60, CLIENT_HELLO.substring(120)) + PADDING + crypto(20, CLIENT_HELLO.substring(40, 80));
        String second =
                "01" + ACK + crypto(38, CLIENT_HELLO.substring(76, 130)) + crypto(0, CLIENT_HELLO.substring(0, 40));
        List<JsonNode> events = Dialogue.udp(443)
                .client(bytes(initial(first)))
                .client(bytes(initial(second)))
                .bodies("quic");

        assertThat(events).hasSize(2);
        assertThat(events.get(0).has("sni")).isFalse();
        assertThat(events.get(1).path("sni").asText()).isEqualTo("example.com");
    }

    @Test
    void readsCoalescedPackets() {
        List<JsonNode> events = Dialogue.udp(443)
                .client(bytes(initial(crypto(0, CLIENT_HELLO.substring(0, 80)))
                        + initial(crypto(40, CLIENT_HELLO.substring(80)))))
                .bodies("quic");

        assertThat(events).hasSize(2);
        assertThat(events.get(1).path("sni").asText()).isEqualTo("example.com");
    }

    @Test
    void readsVersion2AndDrafts() {
        int[] versions = {
            QuicVersion.V2,
            QuicVersion.V2_DRAFT_00,
            QuicVersion.V2_DRAFT_01,
            0xff000016,
            0xff00001c,
            0xff00001d,
            0xff000021
        };
        for (int version : versions) {
            JsonNode quic = only(Dialogue.udp(443)
                    .client(bytes(initial(
                            Direction.TO_SERVER, version, CLIENT_ID, CLIENT_ID, crypto(0, CLIENT_HELLO) + PADDING))));
            assertThat(quic.path("sni").asText()).isEqualTo("example.com");
            assertThat(quic.path("version").asText())
                    .isEqualTo(version == QuicVersion.V2 ? "v2" : Integer.toHexString(version));
        }
    }

    @Test
    void followsTheFirstRetryToOtherKeys() {
        String retry = "f0" + "00000001" + vector("") + vector(SERVER_ID) + "aabb" + "00".repeat(16);
        String again = initial(Direction.TO_SERVER, 1, SERVER_ID, SERVER_ID, crypto(0, CLIENT_HELLO));
        List<JsonNode> events = Dialogue.udp(443)
                .client(bytes(initial(crypto(0, CLIENT_HELLO))))
                .server(bytes(retry))
                .client(bytes(again))
                .server(bytes(retry))
                .server(bytes(initial(Direction.TO_CLIENT, 1, SERVER_ID, "", crypto(0, SERVER_HELLO))))
                .bodies("quic");

        assertThat(events).hasSize(5);
        assertThat(events.get(2).path("sni").asText()).isEqualTo("example.com");
        assertThat(events.get(4).has("ja3s")).isTrue();
    }

    @Test
    void keepsTheKeysWhenTheClientTakesUpTheConnectionIdOfTheServer() {
        String half = initial(crypto(0, CLIENT_HELLO.substring(0, 80)));
        String rest = initial(Direction.TO_SERVER, 1, CLIENT_ID, SERVER_ID, crypto(40, CLIENT_HELLO.substring(80)));
        List<JsonNode> events = Dialogue.udp(443)
                .client(bytes(half))
                .server(bytes(answer(ACK)))
                .client(bytes(rest))
                .bodies("quic");

        assertThat(events.get(2).path("sni").asText()).isEqualTo("example.com");
    }

    @Test
    void showsVersionNegotiation() {
        String negotiation = "80" + "00000000" + vector("") + vector(CLIENT_ID) + "00000001" + "6b3343cf";
        List<JsonNode> events = Dialogue.udp(443)
                .client(bytes("c0" + "1a2a3a4a" + vector(CLIENT_ID) + vector("") + "00" + "4010" + "55".repeat(16)))
                .server(bytes(negotiation))
                .bodies("quic");

        assertThat(events).extracting(each -> each.path("version").asText()).containsExactly("1a2a3a4a", "0");
    }

    @Test
    void readsTheHelloOfGoogle() {
        String tags = "50414400" + "02000000" // PAD
                + "534e4900" + "0d000000" // SNI
                + "55414944" + "10000000"; // UAID
        String hello = "43484c4f" + "0300" + "0000" + tags + "2d2d" + "6578616d706c652e636f6d" + "666f6f"; // CHLO
        String stream = "a0" + "01" + String.format("%04x", hello.length() / 2) + hello;
        String old = "0d" + CLIENT_ID + "51303433" + "01" + "00".repeat(12) + stream; // Q043
        String later = "c3" + "51303436" + "50" + CLIENT_ID + "00000001" + "00".repeat(12) + stream; // Q046

        JsonNode q043 = only(Dialogue.udp(443).client(bytes(old)));
        assertThat(q043.path("version").asText()).isEqualTo("Q043");
        assertThat(q043.path("sni").asText()).isEqualTo("example.com");
        assertThat(q043.path("ua").asText()).isEqualTo("foo");
        // md5("43,PAD-SNI-UAID")
        assertThat(q043.at("/cyu/0/string").asText()).isEqualTo("43,PAD-SNI-UAID");
        assertThat(q043.at("/cyu/0/hash").asText()).isEqualTo("e0dd10b160a76e30cc0479aed27c4325");
        assertThat(only(Dialogue.udp(443).client(bytes(later)))
                        .at("/cyu/0/string")
                        .asText())
                .isEqualTo("46,PAD-SNI-UAID");
    }

    @Test
    void refusesAPacketThatWasChanged() {
        byte[] packet = bytes(initial(crypto(0, CLIENT_HELLO)));
        packet[packet.length - 1] ^= 1;

        assertThat(only(Dialogue.udp(443).client(packet)).size()).isOne();
    }

    @Test
    void refusesFramesThatInitialPacketsDoNotHave() {
        assertThat(only(Dialogue.udp(443).client(bytes(initial("08" + crypto(0, CLIENT_HELLO)))))
                        .size())
                .isOne();
    }

    @Test
    void refusesWhatOnlyLooksLikeQuic() {
        String[] others = {
            "c0" + "11223344" + vector(CLIENT_ID) + vector("") + "00" + "4010" + "55".repeat(16), // no such version
            "c0" + "00000001" + "15" + "00".repeat(60), // connection id of 21 bytes
            "80" + "00000001" + vector(CLIENT_ID) + vector("") + "00".repeat(40), // fixed bit not set
            "17fefd000100000000000100" + "55".repeat(60), // DTLS
            "d3730100000100000000000003" + "777777" + "00" + "00010001", // DNS
        };
        for (String other : others) {
            Dialogue dialogue = Dialogue.udp(443).client(bytes(other));
            assertThat(dialogue.bodies("quic")).isEmpty();
            assertThat(dialogue.close().appProto()).isNotEqualTo("quic");
        }
    }

    @Test
    void writesNothingOfAnyPrefixOfAPacket() {
        byte[] packet = bytes(initial(crypto(0, CLIENT_HELLO)));
        for (int length = 1; length < packet.length; length++) {
            byte[] prefix = Arrays.copyOf(packet, length);
            assertThat(Dialogue.udp(443).client(prefix).bodies("quic")).isEmpty();
        }
    }

    @Test
    @Tag("limit:QuicDissector.MAX_FAILURES")
    void givesUpWhatItCannotOpen() {
        Dialogue dialogue = Dialogue.udp(443);
        for (int i = 0; i < 2 * QuicDissector.MAX_FAILURES; i++) {
            dialogue.client(bytes(initial(Direction.TO_SERVER, 1, "00", CLIENT_ID, crypto(0, CLIENT_HELLO))));
        }
        assertThat(dialogue.bodies("quic")).hasSize(QuicDissector.MAX_FAILURES);
    }

    private static JsonNode only(Dialogue dialogue) {
        List<JsonNode> events = dialogue.bodies("quic");
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static String message(String type, String body) {
        return type + String.format("%06x", body.length() / 2) + body;
    }
}
