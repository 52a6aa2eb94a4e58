// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.element;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.number;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ClientCertificateTest {
    private static final String SERVER_HELLO = "0303" + "11".repeat(32) + "00" + "c02b" + "00";

    @Test
    void waitsForTheCertificateThatTheServerAsksFor() {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(handshake(1, TlsDissectorTest.CLIENT_HELLO))
                .server(handshake(2, SERVER_HELLO))
                .server(handshake(11, certificates("server.example")))
                .server(handshake(13, "00")) // CertificateRequest
                .server(handshake(14, ""));
        assertThat(dialogue.bodies("tls")).isEmpty();

        dialogue.client(handshake(11, certificates("client.example"))).client(handshake(16, "00"));

        assertThat(dialogue.bodies("tls")).hasSize(1);
        JsonNode tls = dialogue.bodies("tls").get(0);
        assertThat(tls.path("subject").asText()).isEqualTo("CN=server.example");
        assertThat(tls.at("/client/subject").asText()).isEqualTo("CN=client.example");
        assertThat(tls.at("/client/issuerdn").asText()).isEqualTo("CN=issuer.example");
        assertThat(tls.at("/client/serial").asText()).isEqualTo("05");
        assertThat(tls.at("/client/notbefore").asText()).isEqualTo("2026-01-02T03:04:05");
    }

    @Test
    void doesNotWaitForACertificateThatNobodyAskedFor() {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(handshake(1, TlsDissectorTest.CLIENT_HELLO))
                .server(handshake(2, SERVER_HELLO))
                .server(handshake(14, ""));

        assertThat(dialogue.bodies("tls")).hasSize(1);
        assertThat(dialogue.bodies("tls").get(0).has("client")).isFalse();
    }

    private static byte[] handshake(int type, String body) {
        return TlsDissectorTest.record(22, TlsDissectorTest.message(type, body));
    }

    private static String certificates(String subject) {
        byte[] der = element(
                0x30,
                element(
                        0x30,
                        element(0xa0, number(2)), // version
                        number(5), // serialNumber
                        element(0x30), // signature
                        name("issuer.example"),
                        element(0x30, text(0x17, "260102030405Z"), text(0x17, "270102030405Z")),
                        name(subject),
                        element(0x30))); // subjectPublicKeyInfo
        String one = HexFormat.of().formatHex(der);
        return "%06x%06x".formatted(der.length + 3, der.length) + one;
    }

    private static byte[] name(String commonName) {
        byte[] type = element(0x06, new byte[] {0x55, 4, 3});
        return element(0x30, element(0x31, element(0x30, type, text(0x0c, commonName))));
    }
}
