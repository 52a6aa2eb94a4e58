// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** DNS messages that HTTP/1 carries (RFC 8484). */
class DnsOverHttpTest {
    private static final String TYPE = "Content-Type: application/dns-message\r\n";
    /** Who is a.b (type A)? */
    private static final byte[] QUESTION = HexFormat.ofDelimiter(" ")
            .parseHex(
                    "00 00 01 00 00 01 00 00 00 00 00 00 " // id, flags, counts
                            + "01 61 01 62 00 00 01 00 01"); // a.b, A, IN
    /** The same, and that it is 10.0.0.9. */
    private static final byte[] ANSWER = HexFormat.ofDelimiter(" ")
            .parseHex(
                    "00 00 81 80 00 01 00 01 00 00 00 00 " // id, flags, counts
                            + "01 61 01 62 00 00 01 00 01 " // a.b, A, IN
                            + "c0 0c 00 01 00 01 00 00 00 3c 00 04 0a 00 00 09"); // pointer, A, IN, 60 s, address

    @Test
    void readsTheAnswerToAPost() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client(message("POST /dns-query HTTP/1.1\r\nHost: r\r\n" + TYPE, QUESTION))
                .server(message("HTTP/1.1 200 OK\r\n" + TYPE, ANSWER))
                .close();

        JsonNode event = dialogue.events().ofType("dns").get(0);
        assertThat(event.at("/dns/type").asText()).isEqualTo("response");
        assertThat(event.at("/dns/queries/0/rrname").asText()).isEqualTo("a.b");
        assertThat(event.at("/dns/grouped/A")).hasToString("[\"10.0.0.9\"]");
        assertThat(event.at("/http/url").asText()).isEqualTo("/dns-query");
        assertThat(event.at("/http/status").asInt()).isEqualTo(200);
        assertThat(dialogue.bodies("http")).isEmpty();
        assertThat(dialogue.appProto()).isEqualTo("http");
    }

    @Test
    void readsTheAnswerToAGet() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client(get("/dns-query?dns=" + encoded()))
                .server(message("HTTP/1.1 200 OK\r\n" + TYPE, ANSWER))
                .close();

        assertThat(dialogue.bodies("dns")).hasSize(1);
        assertThat(dialogue.bodies("dns").get(0).at("/answers/0/rdata").asText())
                .isEqualTo("10.0.0.9");
    }

    @Test
    void readsTheQuestionOfAGetThatIsNotAnswered() {
        JsonNode dns = Dialogue.tcp(80)
                .client(get("/q?a=1&dns=" + encoded()))
                .close()
                .bodies("dns")
                .get(0);

        assertThat(dns.path("type").asText()).isEqualTo("request");
        assertThat(dns.at("/queries/0/rrname").asText()).isEqualTo("a.b");
    }

    @Test
    void takesMessagesApartThatShareAConnection() {
        Dialogue dialogue = Dialogue.tcp(80);
        for (int i = 0; i < 3; i++) {
            dialogue.client(get("/dns-query?dns=" + encoded())).server(message("HTTP/1.1 200 OK\r\n" + TYPE, ANSWER));
        }
        dialogue.client("GET /other HTTP/1.1\r\nHost: r\r\n\r\n")
                .server("HTTP/1.1 204 No\r\n\r\n")
                .close();

        assertThat(dialogue.bodies("dns")).hasSize(3);
        assertThat(dialogue.bodies("http")).hasSize(1);
        assertThat(dialogue.bodies("http").get(0).path("url").asText()).isEqualTo("/other");
    }

    @Test
    void refusesABodyThatIsNoMessage() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client(message(
                        "POST /dns-query HTTP/1.1\r\nHost: r\r\n" + TYPE,
                        "no message".getBytes(StandardCharsets.US_ASCII)))
                .server("HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n")
                .close();

        assertThat(dialogue.bodies("dns")).isEmpty();
        assertThat(dialogue.bodies("http")).hasSize(1);
    }

    @Test
    void refusesAQuestionInAPathThatNobodyMarks() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client("GET /search?dns=" + encoded() + " HTTP/1.1\r\nHost: r\r\n\r\n")
                .close();

        assertThat(dialogue.bodies("dns")).isEmpty();
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: r\r\nAccept: application/dns-message\r\n\r\n";
    }

    private static String encoded() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(QUESTION);
    }

    private static String message(String head, byte[] body) {
        return head + "Content-Length: " + body.length + "\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    }
}
