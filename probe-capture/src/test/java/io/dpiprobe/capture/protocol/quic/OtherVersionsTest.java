// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import static io.dpiprobe.capture.protocol.quic.QuicBytes.CLIENT_ID;
import static io.dpiprobe.capture.protocol.quic.QuicBytes.bytes;
import static io.dpiprobe.capture.protocol.quic.QuicBytes.crypto;
import static io.dpiprobe.capture.protocol.quic.QuicBytes.initial;
import static io.dpiprobe.capture.protocol.quic.QuicBytes.vector;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Versions of QUIC that never became standards, and connections that change theirs. */
class OtherVersionsTest {
    private static final String HELLO = QuicDissectorTest.CLIENT_HELLO;
    private static final String ANSWER = QuicDissectorTest.SERVER_HELLO;
    /** CHLO with SNI example.com. */
    private static final String GOOGLE_HELLO =
            "43484c4f" + "0100" + "0000" + "534e4900" + "0b000000" + "6578616d706c652e636f6d";

    @Test
    void readsTheVersionsOfFacebook() {
        for (int version : new int[] {0xfaceb001, 0xfaceb002, 0xfaceb003, 0xfaceb00e}) {
            List<JsonNode> events = Dialogue.udp(443)
                    .client(bytes(initial(Direction.TO_SERVER, version, CLIENT_ID, CLIENT_ID, crypto(0, HELLO))))
                    .server(bytes(initial(Direction.TO_CLIENT, version, CLIENT_ID, "", crypto(0, ANSWER))))
                    .bodies("quic");
            assertThat(events).hasSize(2);
            assertThat(events.get(0).path("version").asText()).isEqualTo(Integer.toHexString(version));
            assertThat(events.get(0).path("sni").asText()).isEqualTo("example.com");
            assertThat(events.get(1).at("/ja3s/string").asText()).isEqualTo("771,4865,43");
        }
    }

    @Test
    void reportsEachPacketOfOneMakersVersion() {
        int version = 0xfaceb002;
        List<JsonNode> events = Dialogue.udp(443)
                .client(bytes(initial(Direction.TO_SERVER, version, CLIENT_ID, CLIENT_ID, crypto(0, HELLO))))
                .server(bytes(initial(Direction.TO_CLIENT, version, CLIENT_ID, "", crypto(0, ANSWER))
                        + QuicBytes.other(2, version)))
                .client(bytes(initial(Direction.TO_SERVER, version, CLIENT_ID, CLIENT_ID, "02" + "00000000")))
                .client(bytes("40" + "00".repeat(30)))
                .bodies("quic");

        assertThat(events).hasSize(4);
        assertThat(events.subList(2, 4)).allSatisfy(each -> assertThat(each).hasToString("{\"version\":\"faceb002\"}"));
    }

    @Test
    void readsTheHelloOfTlsInTheFramesOfGoogle() {
        String padded = "00" + "07" + google(20, HELLO.substring(40)) + google(0, HELLO.substring(0, 40)) + "00";
        String ack = "40" + "01" + "1234" + "01" + "00"; // of one packet
        String longAck = "6d" // blocks, 6 and 2 bytes
                + "000000000009" + "1234" + "01" + "0003" + "02" + "0001" + "02" + "01aabbccdd" + "02aabb";
        for (int version : new int[] {QuicVersion.T050, QuicVersion.T051}) {
            List<JsonNode> events = Dialogue.udp(443)
                    .client(bytes(initial(Direction.TO_SERVER, version, CLIENT_ID, CLIENT_ID, padded)))
                    .server(bytes(
                            initial(Direction.TO_CLIENT, version, CLIENT_ID, "", ack + longAck + google(0, ANSWER))))
                    .bodies("quic");
            assertThat(events.get(0).path("sni").asText()).isEqualTo("example.com");
            assertThat(events.get(1).has("ja3s")).isTrue();
        }
    }

    @Test
    void readsTheHelloOfGoogleWhereItIsProtected() {
        List<JsonNode> events = Dialogue.udp(443)
                .client(bytes(q050(google(12, GOOGLE_HELLO.substring(24)))))
                .client(bytes(q050(google(0, GOOGLE_HELLO.substring(0, 24)))))
                .client(bytes(q050("07")))
                .bodies("quic");

        assertThat(events).extracting(each -> each.path("version").asText()).containsOnly("51303530");
        assertThat(events).extracting(each -> each.path("sni").asText()).containsExactly("", "example.com", "");
    }

    @Test
    void refusesFramesThatGoogleDoesNotHave() {
        String frames = "1d" + google(0, HELLO);
        List<JsonNode> events = Dialogue.udp(443)
                .client(bytes(initial(Direction.TO_SERVER, QuicVersion.T050, CLIENT_ID, CLIENT_ID, frames)))
                .bodies("quic");

        assertThat(events).hasSize(1);
        assertThat(events.get(0).has("sni")).isFalse();
    }

    /** RFC 9368, 2.3. */
    @Test
    void followsAServerToAnotherVersion() {
        List<JsonNode> events = Dialogue.udp(443)
                .client(bytes(initial(crypto(0, HELLO))))
                .server(bytes(initial(Direction.TO_CLIENT, QuicVersion.V2, CLIENT_ID, "", crypto(0, ANSWER))))
                .bodies("quic");

        assertThat(events).hasSize(2);
        assertThat(events.get(1).path("version").asText()).isEqualTo("v2");
        assertThat(events.get(1).at("/ja3s/string").asText()).isEqualTo("771,4865,43");
    }

    @Test
    void readsWhatAClientSaysThatProvokesANegotiation() {
        List<JsonNode> events = Dialogue.udp(443)
                .client(bytes(initial(Direction.TO_SERVER, 0x1a2a3a4a, CLIENT_ID, CLIENT_ID, crypto(0, HELLO))))
                .server(bytes("80" + "00000000" + vector("") + vector(CLIENT_ID) + "00000001"))
                .client(bytes(initial(crypto(0, HELLO))))
                .bodies("quic");

        assertThat(events)
                .extracting(each -> each.path("version").asText())
                .as("with the hello in the version that was agreed")
                .containsExactly("1a2a3a4a", "0", "1");
        assertThat(events)
                .extracting(each -> each.path("sni").asText())
                .containsExactly("example.com", "", "example.com");
    }

    /** The version is not protected: this is a packet of draft 29 with another one. */
    @Test
    void readsWhatAnOlderClientSaysThatProvokesANegotiation() {
        List<JsonNode> events = Dialogue.udp(443)
                .client(bytes(QuicBytes.provoking(crypto(0, HELLO.substring(0, 80)))))
                .client(bytes(QuicBytes.provoking(crypto(40, HELLO.substring(80)))))
                .bodies("quic");

        assertThat(events.get(0).has("sni")).isFalse();
        assertThat(events.get(1).path("version").asText()).isEqualTo("1a2a3a4a");
        assertThat(events.get(1).path("sni").asText()).isEqualTo("example.com");
    }

    @Test
    void readsTheOldestHellosOfGoogle() {
        String number = "01" + "00".repeat(12);
        String stream = "a0" + "01" + String.format("%02x00", GOOGLE_HELLO.length() / 2) + GOOGLE_HELLO;
        String q025 = "0d" + CLIENT_ID + "51303235" + number + "01" + stream;
        String q035 = "0d" + CLIENT_ID + "51303335" + number + stream;
        for (String packet : new String[] {q025, q035}) {
            List<JsonNode> events = Dialogue.udp(443).client(bytes(packet)).bodies("quic");
            assertThat(events).hasSize(1);
            assertThat(events.get(0).path("version").asText()).isEqualTo(packet.substring(18, 26));
            assertThat(events.get(0).path("sni").asText()).isEqualTo("example.com");
            assertThat(events.get(0).has("cyu")).isFalse();
        }
    }

    private static String q050(String frames) {
        return initial(Direction.TO_SERVER, QuicVersion.Q050, CLIENT_ID, CLIENT_ID, frames);
    }

    /** A CRYPTO frame as Google numbered it. */
    private static String google(int offset, String data) {
        return "08" + crypto(offset, data).substring(2);
    }
}
