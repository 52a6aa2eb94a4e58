// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.element;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.number;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens as an exchange of HTTP carries them (RFC 4559). */
class SecurityTokensTest {
    @Test
    void readsHowTheServerNamesItself() {
        assertThat(auth(null, TokenBytes.challenge()).toString())
                .isEqualTo("{\"method\":\"ntlm\",\"target\":{\"computer\":\"FS1\",\"domain\":\"CORP\","
                        + "\"dns_computer\":\"fs1.corp.example\",\"dns_domain\":\"corp.example\"},"
                        + "\"version\":\"10.0 build 17763 rev 15\"}");
    }

    @Test
    void readsWhoLogsInAndForWhichServer() {
        assertThat(auth(TokenBytes.authenticate(), null).toString())
                .isEqualTo("{\"method\":\"ntlm\",\"domain\":\"CORP\",\"user\":\"ann\",\"host\":\"WS1\","
                        + "\"version\":\"10.0 build 19041 rev 15\",\"response\":\"ntlmv2\",\"weak_response\":false,"
                        + "\"mic\":true,\"target\":{\"computer\":\"FS1\"},\"service\":\"cifs/fs1\"}");
    }

    @Test
    void marksAResponseOfVersion1() {
        JsonNode auth = auth(TokenBytes.authenticateVersion1(), null);
        assertThat(auth.path("response").asText()).isEqualTo("ntlmv1");
        assertThat(auth.path("weak_response").asBoolean()).isTrue();
    }

    @Test
    void readsTheServiceOfATicketAndMarksItsEncryption() {
        assertThat(auth(TokenBytes.ticket(), TokenBytes.ticketAnswer()).toString())
                .isEqualTo("{\"method\":\"kerberos\",\"realm\":\"CORP.EXAMPLE\",\"service\":\"cifs/fs1\","
                        + "\"ticket_encryption\":\"rc4-hmac\",\"ticket_weak_encryption\":true,\"mutual\":true}");
    }

    @Test
    void saysNothingOfEveryPrefixThatEndsBeforeTheNames() {
        byte[] ticket = TokenBytes.ticket();
        for (int length = 0; length < ticket.length; length++) {
            JsonNode auth = auth(Arrays.copyOf(ticket, length), null);
            assertThat(auth.isMissingNode() || auth.path("service").asText().equals("cifs/fs1"))
                    .isTrue();
        }
    }

    @Test
    void keepsCredentialsOfOtherSchemesAway() {
        String event = Dialogue.tcp(80)
                .client("GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Basic c2VjcmV0OnNlY3JldA==\r\n\r\n")
                .server("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")
                .close()
                .events()
                .lines()
                .toString();
        assertThat(event).doesNotContain("c2VjcmV0", "\"auth\"");
    }

    @Test
    @Tag("limit:TokenText.MAX_BYTES")
    void readsATokenThatIsLongerThanIsDecoded() {
        byte[] padded = Arrays.copyOf(TokenBytes.ticket(), TokenText.MAX_BYTES * 2);
        assertThat(auth(padded, null).path("service").asText()).isEqualTo("cifs/fs1");
    }

    private static JsonNode auth(byte @Nullable [] ofClient, byte @Nullable [] ofServer) {
        String authorization =
                ofClient == null ? "" : "Authorization: Negotiate " + TokenBytes.base64(ofClient) + "\r\n";
        String authenticate =
                ofServer == null ? "" : "WWW-Authenticate: Negotiate " + TokenBytes.base64(ofServer) + "\r\n";
        List<JsonNode> events = Dialogue.tcp(80)
                .client("GET /x HTTP/1.1\r\nHost: h\r\n" + authorization + "\r\n")
                .server("HTTP/1.1 401 No\r\n" + authenticate + "Content-Length: 0\r\n\r\n")
                .close()
                .events()
                .ofType("http");
        return events.get(0).at("/probe/auth");
    }

    @Test
    @Tag("limit:KerberosTicket.MAX_NAMES")
    void keepsSoManyNamesOfAService() {
        byte[][] parts = new byte[10][];
        Arrays.fill(parts, text(0x1b, "n"));
        byte[] name = element(0x30, element(0xa0, number(2)), element(0xa1, element(0x30, parts)));
        byte[] ticket = element(
                0x61, element(0x30, element(0xa0, number(5)), element(0xa1, text(0x1b, "R")), element(0xa2, name)));
        KerberosTicket found = new KerberosTicket();
        assertThat(found.find(slice(ticket))).isTrue();
        JsonWriter json = new JsonWriter().clear().beginObject();
        found.write(json);

        assertThat(new String(json.bytes(), 0, json.length(), java.nio.charset.StandardCharsets.US_ASCII))
                .endsWith("\"snames\":[\"n\",\"n\",\"n\",\"n\"]");
    }

    @Test
    @Tag("limit:KerberosTicket.MAX_STEPS")
    void looksAtSoManyTagsForATicket() {
        assertThat(new KerberosTicket().find(slice(nested(40)))).isTrue();
        assertThat(new KerberosTicket().find(slice(nested(70)))).isFalse();
    }

    private static byte[] nested(int depth) {
        byte[] token = TokenBytes.ticket();
        for (int i = 0; i < depth; i++) {
            token = element(0x30, token);
        }
        return token;
    }

    private static Slice slice(byte[] bytes) {
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
