// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DtlsDissectorTest {
    /** Offers DTLS 1.2, with a cookie. */
    static final String CLIENT_HELLO = "fefd" + "00".repeat(32) + "00" // client_version, random, no session id
            + "02" + "abcd" // cookie
            + "0002" + "c02b" // cipher_suites
            + "0100" // compression_methods
            + "000c"
            + "000a" + "0004" + "0002" + "001d" // supported_groups
            + "0017" + "0000"; // extended_master_secret

    /** The same, and DTLS 1.3. */
    private static final String CLIENT_HELLO_13 = CLIENT_HELLO.substring(0, CLIENT_HELLO.length() - 28) + "0015"
            + "002b" + "0005" + "04" + "fefd" + "fefc" + CLIENT_HELLO.substring(CLIENT_HELLO.length() - 24);

    private static final String SERVER_HELLO =
            "fefd" + "11".repeat(32) + "00" + "c02b" + "00" + "0004" + "0017" + "0000";
    private static final byte[] PROTECTED = bytes("17fefd" + "0001" + "000000000001" + "0008" + "55".repeat(8));

    @Test
    void writesOneEventOnceTheServerHasSaidAllItSaysInClear() {
        Dialogue dialogue = Dialogue.udp(5684)
                .client(handshake(1, 0, CLIENT_HELLO))
                .server(handshake(3, 0, "fefd" + "02" + "abcd")) // HelloVerifyRequest
                .client(handshake(1, 1, CLIENT_HELLO))
                .server(handshake(2, 1, SERVER_HELLO))
                .server(handshake(14, 2, ""));

        JsonNode tls = only(dialogue);
        assertThat(tls.path("version").asText()).isEqualTo("DTLS 1.2");
        assertThat(tls.at("/ja3/string").asText()).isEqualTo("65277,49195,10-23,29,");
        assertThat(tls.at("/ja3s/string").asText()).isEqualTo("65277,49195,23");
        assertThat(tls.path("ja4").asText()).startsWith("dd2i010200_");
        assertThat(dialogue.close().appProto()).isEqualTo("dtls");
        assertThat(dialogue.bodies("tls")).hasSize(1);
    }

    @Test
    void takesTheLowestNumberForTheHighestVersion() {
        JsonNode tls =
                only(Dialogue.udp(443).client(handshake(1, 0, CLIENT_HELLO_13)).close());

        assertThat(tls.path("ja4").asText()).startsWith("dd3i010300_");
    }

    @Test
    void putsAHelloTogetherFromFragmentsInAnyOrder() {
        int length = CLIENT_HELLO.length() / 2;
        JsonNode tls = only(Dialogue.udp(443)
                .client(fragment(1, 0, length, 0, CLIENT_HELLO.substring(0, 40)))
                .client(fragment(1, 0, length, 30, CLIENT_HELLO.substring(60)))
                .client(fragment(1, 0, length, 20, CLIENT_HELLO.substring(40, 64)))
                .close());

        assertThat(tls.path("ja4").asText()).startsWith("dd2i010200_");
    }

    @Test
    void marksASessionThatGoesOnWithoutACertificate() {
        JsonNode tls = only(Dialogue.udp(443)
                .client(handshake(1, 0, CLIENT_HELLO))
                .server(handshake(2, 0, SERVER_HELLO))
                .server(bytes("14fefd" + "0000" + "000000000001" + "0001" + "01"))
                .server(PROTECTED)
                .client(PROTECTED));

        assertThat(tls.path("session_resumed").asBoolean()).isTrue();
    }

    @Test
    void refusesAFragmentBehindTheEndOfItsMessage() {
        assertThat(Dialogue.udp(443)
                        .client(fragment(1, 0, 10, 8, "00".repeat(20)))
                        .close()
                        .bodies("tls"))
                .isEmpty();
    }

    @Test
    void refusesWhatDoesNotBeginWithAHello() {
        for (String other : new String[] {
            "16fefd" + "0001" + "000000000000" + "0020" + "01".repeat(32), // encrypted
            "16fefd" + "0000" + "000000000000" + "0020" + "0b".repeat(32), // Certificate
            "16feff" + "0000" + "000000000000" + "0004" + "01000000", // too short
            "160303" + "0000" + "000000000000" + "0020" + "01".repeat(32) // TLS
        }) {
            assertThat(Dialogue.udp(443).client(bytes(other)).close().appProto())
                    .isNotEqualTo("dtls");
        }
    }

    @Test
    void writesNothingOfAnyPrefixOfAHello() {
        byte[] hello = handshake(1, 0, CLIENT_HELLO);
        for (int length = 1; length < hello.length; length++) {
            assertThat(Dialogue.udp(443)
                            .client(Arrays.copyOf(hello, length))
                            .close()
                            .bodies("tls"))
                    .isEmpty();
        }
    }

    private static JsonNode only(Dialogue dialogue) {
        assertThat(dialogue.bodies("tls")).hasSize(1);
        return dialogue.bodies("tls").get(0);
    }

    static byte[] handshake(int type, int seq, String body) {
        return fragment(type, seq, body.length() / 2, 0, body);
    }

    private static byte[] fragment(int type, int seq, int length, int offset, String piece) {
        int count = piece.length() / 2;
        String header = String.format("%02x%06x%04x%06x%06x", type, length, seq, offset, count);
        return bytes("16fefd" + "0000" + "000000000000" + String.format("%04x", 12 + count) + header + piece);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
