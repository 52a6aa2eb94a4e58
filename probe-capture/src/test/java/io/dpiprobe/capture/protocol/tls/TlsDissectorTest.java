// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TlsDissectorTest {
    /** Offers TLS 1.3 and 1.2, with GREASE first in every list that has room for it. */
    static final String CLIENT_HELLO = "0303" // legacy_version
            + "00".repeat(32) + "00" // random, no session id
            + "0008" + "0a0a" + "1301" + "1302" + "c02b" // cipher_suites
            + "0100" // compression_methods
            + "0044"
            + "1a1a0000" // GREASE
            + "0000" + "0010" + "000e" + "00" + "000b" + "6578616d706c652e636f6d" // server_name example.com
            + "000a" + "0006" + "0004" + "2a2a" + "001d" // supported_groups
            + "000b" + "0002" + "0100" // ec_point_formats
            + "0010" + "000e" + "000c" + "026832" + "08687474702f312e31" // ALPN h2, http/1.1
            + "000d" + "0006" + "0004" + "0403" + "0804"; // signature_algorithms

    private static final String SERVER_HELLO = "0303" + "11".repeat(32) + "00" + "c02b" + "00" // TLS 1.2
            + "0009" + "0010" + "0005" + "0003" + "026832"; // ALPN h2
    private static final String SERVER_HELLO_13 =
            "0303" + "11".repeat(32) + "00" + "1301" + "00" + "0006" + "002b" + "0002" + "0304"; // supported_versions
    private static final String SERVER_HELLO_DONE = "0e000000";
    private static final byte[] DATA = record(23, "00".repeat(8));
    private static final byte[] CHANGE_CIPHER_SPEC = record(20, "01");

    @Test
    void writesOneEventOnceTheServerHasSaidAllItSaysInClear() {
        Dialogue dialogue = Dialogue.tcp(8443)
                .client(record(22, message(1, CLIENT_HELLO)))
                .server(record(22, message(2, SERVER_HELLO) + SERVER_HELLO_DONE));

        JsonNode tls = only(dialogue);
        assertThat(tls.path("sni").asText()).isEqualTo("example.com");
        assertThat(tls.path("version").asText()).isEqualTo("TLS 1.2");
        assertThat(tls.path("client_alpns").toString()).isEqualTo("[\"h2\",\"http/1.1\"]");
        assertThat(tls.path("server_alpns").toString()).isEqualTo("[\"h2\"]");
        assertThat(tls.at("/ja3/string").asText()).isEqualTo("771,4865-4866-49195,0-10-11-16-13,29,0");
        assertThat(tls.at("/ja3s/string").asText()).isEqualTo("771,49195,16");
        assertThat(tls.path("ja4").asText()).startsWith("t12d0305h2_");
        assertThat(dialogue.close().appProto()).isEqualTo("tls");
        assertThat(dialogue.bodies("tls")).hasSize(1);
    }

    @Test
    void computesJa3AndJa4AsMd5AndSha256OfTheirTexts() {
        JsonNode tls = only(
                Dialogue.tcp(443).client(record(22, message(1, CLIENT_HELLO))).close());

        // md5("771,4865-4866-49195,0-10-11-16-13,29,0")
        assertThat(tls.at("/ja3/hash").asText()).isEqualTo("9d279c85c0301f7227b7e5e9b0ae0e48");
        // sha256("1301,1302,c02b") and sha256("000a,000b,000d_0403,0804"), twelve digits of each
        assertThat(tls.path("ja4").asText()).isEqualTo("t12d0305h2_5559582ccdc4_876bcc86782c");
    }

    @Test
    void countsTheHighestVersionThatHasANumberOfItsOwn() {
        // GREASE, a private number and TLS 1.3 as the only extension
        String hello = "0303" + "00".repeat(32) + "00" + "0002" + "1301" + "0100" + "000b" + "002b" + "0007" + "06"
                + "4a4a" + "fb1a" + "0304";
        JsonNode tls =
                only(Dialogue.tcp(443).client(record(22, message(1, hello))).close());

        assertThat(tls.path("ja4").asText()).startsWith("t13i010100_");
    }

    @Test
    void waitsForDataOfBothSidesWhereTheHandshakeIsEncrypted() {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(record(22, message(1, CLIENT_HELLO)))
                .server(record(22, message(2, SERVER_HELLO_13)))
                .server(CHANGE_CIPHER_SPEC)
                .server(DATA);
        assertThat(dialogue.bodies("tls")).isEmpty();

        assertThat(only(dialogue.client(DATA)).path("version").asText()).isEqualTo("TLS 1.3");
    }

    @Test
    void marksASessionThatGoesOnWithoutACertificate() {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(record(22, message(1, CLIENT_HELLO)))
                .server(record(22, message(2, SERVER_HELLO)))
                .server(CHANGE_CIPHER_SPEC)
                .server(DATA)
                .client(DATA);

        assertThat(only(dialogue).path("session_resumed").asBoolean()).isTrue();
    }

    @Test
    void putsAHelloTogetherFromManyRecordsAndSegments() {
        String message = message(1, CLIENT_HELLO);
        Dialogue dialogue = Dialogue.tcp(443);
        for (int i = 0; i < message.length(); i += 40) {
            dialogue.clientByteByByte(record(22, message.substring(i, Math.min(message.length(), i + 40))));
        }

        assertThat(only(dialogue.close()).path("sni").asText()).isEqualTo("example.com");
    }

    @Test
    void writesWhatItKnowsWhenTheConnectionEndsEarly() {
        JsonNode tls = only(
                Dialogue.tcp(443).client(record(22, message(1, CLIENT_HELLO))).close());

        assertThat(tls.has("ja3s")).isFalse();
        assertThat(tls.path("sni").asText()).isEqualTo("example.com");
    }

    @Test
    void passesOverAHelloInTheFormOfSsl2() {
        byte[] hello =
                HexFormat.of().parseHex("8012" + "01" + "0301" + "0003" + "0000" + "0008" + "00002f" + "00".repeat(8));
        hello[1] = (byte) (hello.length - 2);
        Dialogue dialogue =
                Dialogue.tcp(443).client(hello).server(record(22, message(2, SERVER_HELLO) + SERVER_HELLO_DONE));

        assertThat(only(dialogue).has("ja3s")).isTrue();
    }

    @Test
    void refusesRecordsOfImpossibleTypeVersionOrLength() {
        for (byte[] bad : new byte[][] {record(19, "00"), {22, 2, 0, 0, 1, 0}, {22, 3, 3, 0, 0}, {22, 3, 3, 127, 0}}) {
            Dialogue dialogue = Dialogue.tcp(443)
                    .client(record(22, message(1, CLIENT_HELLO)))
                    .client(bad)
                    .server(record(22, message(2, SERVER_HELLO)));
            assertThat(dialogue.bodies("tls")).as("the server may answer").isEmpty();
            dialogue.close();
            assertThat(only(dialogue).has("ja3s")).isTrue();
            assertThat(mark(dialogue)).isEqualTo("{\"invalid_client\":true}");
            assertThat(dialogue.statistics().inspector().invalid()).isEqualTo(1);
        }
    }

    @Test
    void refusesAnExtensionLongerThanItsVector() {
        byte[] hello = record(22, message(1, CLIENT_HELLO));
        hello[hello.length - 6 - 1] = 99; // length of signature_algorithms
        Dialogue dialogue = Dialogue.tcp(443).client(hello).close();

        assertThat(only(dialogue).path("sni").asText()).isEqualTo("example.com");
        assertThat(only(dialogue).has("ja3")).isFalse();
        assertThat(only(dialogue).has("ja4")).isFalse();
        assertThat(mark(dialogue)).isEqualTo("{\"invalid_client\":true}");
        assertThat(dialogue.bodies("anomaly").get(0).path("event").asText()).isEqualTo("INVALID_HANDSHAKE_MESSAGE");
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        byte[] record = record(22, message(1, CLIENT_HELLO));
        for (int length = 6; length < record.length; length++) {
            Dialogue dialogue = Dialogue.tcp(443).client(Arrays.copyOf(record, length));
            dialogue.client(Arrays.copyOfRange(record, length, record.length));
            assertThat(dialogue.close().bodies("tls")).as("cut at %d", length).hasSize(1);
        }
    }

    static byte[] record(int type, String content) {
        return HexFormat.of().parseHex("%02x0303%04x".formatted(type, content.length() / 2) + content);
    }

    static String message(int type, String body) {
        return "%02x%06x".formatted(type, body.length() / 2) + body;
    }

    static String mark(Dialogue dialogue) {
        return dialogue.events().ofType("tls").get(0).at("/probe/tls").toString();
    }

    private static JsonNode only(Dialogue dialogue) {
        assertThat(dialogue.bodies("tls")).hasSize(1);
        return dialogue.bodies("tls").get(0);
    }
}
