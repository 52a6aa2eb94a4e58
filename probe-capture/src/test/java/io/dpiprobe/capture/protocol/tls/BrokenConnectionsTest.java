// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import static io.dpiprobe.capture.protocol.tls.TlsDissectorTest.CLIENT_HELLO;
import static io.dpiprobe.capture.protocol.tls.TlsDissectorTest.mark;
import static io.dpiprobe.capture.protocol.tls.TlsDissectorTest.message;
import static io.dpiprobe.capture.protocol.tls.TlsDissectorTest.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections of which one side says little, nothing, or what is no TLS. */
class BrokenConnectionsTest {
    private static final byte[] HELLO = record(22, message(1, CLIENT_HELLO));
    private static final byte[] SERVER_HELLO = record(22, message(2, "0303" + "11".repeat(32) + "00" + "c02b" + "00"));
    private static final byte[] SSL2_HELLO = HexFormat.of()
            .parseHex("802e" + "01" + "0301" + "0015" + "0000" + "0010" + "000005".repeat(7) + "55".repeat(16));
    private static final byte[] HANDSHAKE_FAILURE = record(21, "0228");

    @Test
    void readsTheServerOfAClientThatSpeaksSomethingElseBehindItsHello() {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(SSL2_HELLO)
                .client("no record at all")
                .client("nor is this")
                .server(SERVER_HELLO)
                .close();

        assertThat(only(dialogue).at("/ja3s/string").asText()).isEqualTo("771,49195,");
        assertThat(only(dialogue).has("ja3")).isFalse();
        assertThat(mark(dialogue)).isEqualTo("{\"invalid_client\":true}");
        assertThat(anomalies(dialogue)).containsExactly("INVALID_TLS_HEADER");
        assertThat(dialogue.appProto()).isEqualTo("tls");
    }

    @Test
    void endsWithTheServerIfTheClientIsLost() {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(SSL2_HELLO)
                .client("no record at all")
                .server(SERVER_HELLO)
                .server(record(22, "0e000000"));

        assertThat(only(dialogue).has("ja3s")).isTrue();
    }

    @Test
    void writesTheHelloThatIsAnsweredInPlainText() {
        Dialogue dialogue = Dialogue.tcp(443).client(HELLO).server("HTTP/1.0 400 Bad Request\r\n\r\n");

        assertThat(only(dialogue).path("sni").asText()).isEqualTo("example.com");
        assertThat(mark(dialogue)).isEqualTo("{\"invalid_server\":true}");
    }

    @Test
    void writesTheHelloThatGetsNoAnswer() {
        Dialogue silent = Dialogue.tcp(443).client(HELLO).close();
        Dialogue refused =
                Dialogue.tcp(443).client(HELLO).server(HANDSHAKE_FAILURE).close();
        for (Dialogue dialogue : List.of(silent, refused)) {
            assertThat(only(dialogue).path("sni").asText()).isEqualTo("example.com");
            assertThat(only(dialogue).path("ja4").asText()).startsWith("t12d0305h2_");
            assertThat(mark(dialogue)).isEmpty();
        }
    }

    @Test
    void writesTheHelloThatIsReset() {
        assertThat(only(Dialogue.tcp(443).client(HELLO).serverResets().finish())
                        .path("sni")
                        .asText())
                .isEqualTo("example.com");
        assertThat(only(Dialogue.tcp(443).clientUnanswered(HELLO).serverResets().finish())
                        .path("sni")
                        .asText())
                .as("the reset is all that acknowledges it")
                .isEqualTo("example.com");
    }

    @Test
    void writesTheHelloThatIsNeverAcknowledged() {
        Dialogue dialogue = Dialogue.tcp(443).clientUnanswered(HELLO).finish();

        assertThat(only(dialogue).path("sni").asText()).isEqualTo("example.com");
    }

    @Test
    void putsAHelloTogetherFromRecordsOfOneByte() {
        String message = message(1, CLIENT_HELLO);
        Dialogue dialogue = Dialogue.tcp(443);
        for (int i = 0; i < message.length(); i += 2) {
            dialogue.client(record(22, message.substring(i, i + 2)));
        }

        assertThat(only(dialogue.close()).path("sni").asText()).isEqualTo("example.com");
    }

    @Test
    void readsTheServerBehindAGapInWhatTheClientSays() {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(Arrays.copyOf(HELLO, 40))
                .clientLoses(20)
                .client("the rest of something")
                .server(SERVER_HELLO)
                .close();

        assertThat(only(dialogue).has("ja3s")).isTrue();
        assertThat(mark(dialogue)).isEmpty();
        assertThat(dialogue.events().ofType("tls").get(0).at("/probe/degraded").toString())
                .isEqualTo("[\"gap\"]");
    }

    private static List<String> anomalies(Dialogue dialogue) {
        return dialogue.bodies("anomaly").stream()
                .map(each -> each.path("event").asText())
                .toList();
    }

    private static JsonNode only(Dialogue dialogue) {
        assertThat(dialogue.bodies("tls")).hasSize(1);
        return dialogue.bodies("tls").get(0);
    }
}
