// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Hellos that come twice, encrypted, large, in pieces, or in the form of SSL 2.0. */
class HelloVariantsTest {
    /** The digest that a HelloRetryRequest has for a random number (RFC 8446, 4.1.3). */
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    /** supported_versions TLS 1.3, then key_share with a group alone. */
    private static final String RETRY_REQUEST =
            "0303" + RETRY + "00" + "1301" + "00" + "000c" + "002b00020304" + "00330002001d";
    /** key_share with a key, then supported_versions: another order, another JA3S. */
    private static final String SERVER_HELLO =
            "0303" + "11".repeat(32) + "00" + "1301" + "00" + "0010" + "00330006001d00020000" + "002b00020304";

    private static final byte[] CHANGE_CIPHER_SPEC = TlsDissectorTest.record(20, "01");
    private static final byte[] DATA = TlsDissectorTest.record(23, "00".repeat(8));

    /** One event: the first hello of each side counts, which has nothing in it that the second would take back. */
    @Test
    void marksAConnectionWhoseClientIsAskedForAnotherHello() {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(hello("0017").record())
                .server(join(
                        TlsDissectorTest.record(22, TlsDissectorTest.message(2, RETRY_REQUEST)), CHANGE_CIPHER_SPEC))
                .client(join(CHANGE_CIPHER_SPEC, hello("001d").record()))
                .server(join(TlsDissectorTest.record(22, TlsDissectorTest.message(2, SERVER_HELLO)), DATA))
                .client(DATA)
                .close();

        JsonNode event = only(dialogue);
        assertThat(event.at("/tls/version").asText()).isEqualTo("TLS 1.3");
        assertThat(event.at("/tls/sni").asText()).isEqualTo("example.com");
        assertThat(event.at("/tls/ja3/string").asText()).isEqualTo("771,4865,0-10-43,23,");
        assertThat(event.at("/tls/ja3s/string").asText()).isEqualTo("771,4865,43-51");
        assertThat(event.at("/probe/tls/hello_retry_request").asBoolean()).isTrue();
    }

    @Test
    void doesNotMarkAnOrdinaryServerHello() {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(hello("001d").record())
                .server(TlsDissectorTest.record(22, TlsDissectorTest.message(2, SERVER_HELLO)))
                .close();

        assertThat(only(dialogue).at("/probe/tls").isMissingNode()).isTrue();
    }

    /** draft-ietf-tls-esni: what is in clear is the outer hello, its name that of whoever serves the others. */
    @Test
    void marksAHelloThatCarriesAnother() {
        String outer = "00" + "00010001" + "7b" + "0000" + HelloBytes.vector("ab".repeat(64)); // suite, config, payload
        Dialogue dialogue = Dialogue.tcp(443)
                .client(hello("001d").extension(0xfe0d, outer).record())
                .close();

        JsonNode event = only(dialogue);
        assertThat(event.at("/probe/tls/encrypted_client_hello").asBoolean()).isTrue();
        assertThat(event.at("/tls/sni").asText()).isEqualTo("example.com");
    }

    /** X25519MLKEM768: the key share alone is longer than most segments. */
    @Test
    void readsAHelloOfPostQuantumSizeHoweverItIsCut() {
        String share = "11ec" + HelloBytes.vector("5a".repeat(1216)) + "001d" + HelloBytes.vector("3c".repeat(32));
        String message = hello("11ec")
                .extension(0x0033, HelloBytes.vector(share))
                .extension(TlsExtension.ALPN, HelloBytes.vector("026832"))
                .message();
        byte[] stream = records(message, 700);
        assertThat(stream.length).isGreaterThan(1300);

        for (int cut = 1; cut < stream.length; cut += 7) {
            Dialogue dialogue = Dialogue.tcp(443)
                    .client(Arrays.copyOf(stream, cut))
                    .client(Arrays.copyOfRange(stream, cut, stream.length))
                    .close();
            assertThat(only(dialogue).at("/tls/client_alpns/0").asText())
                    .as("cut at %d", cut)
                    .isEqualTo("h2");
        }
    }

    /** SSL 2.0 has no extensions; what the server says is known. */
    @Test
    void readsTheServerBehindAHelloInTheFormOfSsl2() {
        byte[] hello =
                HexFormat.of().parseHex("801a" + "01" + "0301" + "0003" + "0000" + "000e" + "00002f" + "00".repeat(14));
        hello[1] = (byte) (hello.length - 2);
        Dialogue dialogue = Dialogue.tcp(443);
        dialogue.clientByteByByte(hello)
                .server(TlsDissectorTest.record(22, TlsDissectorTest.message(2, SERVER_HELLO)))
                .close();

        JsonNode event = only(dialogue);
        assertThat(event.at("/tls/ja3s/string").asText()).isEqualTo("771,4865,51-43");
        assertThat(event.at("/tls/ja4").isMissingNode()).isTrue();
    }

    /** With a ticket the certificate stays away (RFC 5077, 3.4), in TLS 1.3 as well, but there it always does. */
    @Test
    void tellsAResumedSessionFromOneWhoseCertificateIsEncrypted() {
        String tls12 = "0303" + "11".repeat(32) + "00" + "c02f" + "00" + "0000";
        assertThat(isResumed(tls12)).isTrue();
        assertThat(isResumed(SERVER_HELLO)).isFalse();
    }

    private static boolean isResumed(String serverHello) {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(hello("001d").record())
                .server(join(TlsDissectorTest.record(22, TlsDissectorTest.message(2, serverHello)), CHANGE_CIPHER_SPEC))
                .server(DATA)
                .client(join(CHANGE_CIPHER_SPEC, DATA))
                .close();
        return only(dialogue).at("/tls/session_resumed").asBoolean();
    }

    private static HelloBytes hello(String group) {
        return HelloBytes.offering(0x0303, "1301")
                .extensions("0000")
                .extension(TlsExtension.SUPPORTED_GROUPS, HelloBytes.vector(group))
                .extension(TlsExtension.SUPPORTED_VERSIONS, "020304");
    }

    /** A message in records of so many bytes. */
    private static byte[] records(String message, int size) {
        byte[] all = {};
        for (int at = 0; at < message.length(); at += 2 * size) {
            String piece = message.substring(at, Math.min(message.length(), at + 2 * size));
            all = join(all, TlsDissectorTest.record(22, piece));
        }
        return all;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static JsonNode only(Dialogue dialogue) {
        assertThat(dialogue.events().ofType("tls")).hasSize(1);
        return dialogue.events().ofType("tls").get(0);
    }
}
