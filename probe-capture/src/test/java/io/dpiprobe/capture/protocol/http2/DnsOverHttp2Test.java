// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DnsOverHttp2Test {
    private static final String DNS = "application/dns-message";
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
    void readsAnswerToPost() {
        Dialogue dialogue =
                Dialogue.tcp(443).client(post(QUESTION)).server(answer(ANSWER)).close();

        JsonNode event = dialogue.events().ofType("dns").get(0);
        assertThat(event.at("/dns/type").asText()).isEqualTo("response");
        assertThat(event.at("/dns/queries/0/rrname").asText()).isEqualTo("a.b");
        assertThat(event.at("/dns/grouped/A")).hasToString("[\"10.0.0.9\"]");
        assertThat(event.at("/http/status").asInt()).isEqualTo(200);
        assertThat(dialogue.bodies("http")).isEmpty();
        JsonNode flow = dialogue.events().ofType("flow").get(0);
        assertThat(flow.path("app_proto").asText()).isEqualTo("doh2");
        assertThat(flow.path("app_proto_orig").asText()).isEqualTo("http2");
    }

    @Test
    void showsMessageWithFile() {
        Dialogue dialogue =
                Dialogue.tcp(443).client(post(QUESTION)).server(answer(ANSWER)).close();

        JsonNode file = dialogue.events().ofType("fileinfo").get(1);
        assertThat(file.path("app_proto").asText()).isEqualTo("doh2");
        assertThat(file.at("/dns/answers/0/rdata").asText()).isEqualTo("10.0.0.9");
    }

    @Test
    void readsQuestionOfGetThatIsNotAnswered() {
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(QUESTION);

        JsonNode dns = Dialogue.tcp(443)
                .client(get("/dns-query?dns=" + encoded))
                .close()
                .bodies("dns")
                .get(0);

        assertThat(dns.path("type").asText()).isEqualTo("request");
        assertThat(dns.at("/queries/0/rrname").asText()).isEqualTo("a.b");
    }

    @Test
    void refusesPathWithoutMessage() {
        Dialogue dialogue = Dialogue.tcp(443).client(get("/dns-query?ads=AAAA")).close();

        assertThat(dialogue.bodies("dns")).isEmpty();
        assertThat(dialogue.bodies("http")).hasSize(1);
    }

    @Test
    void refusesBodyThatIsNoMessage() {
        Dialogue dialogue = Dialogue.tcp(443)
                .client(post("not at all a message".getBytes(StandardCharsets.US_ASCII)))
                .close();

        assertThat(dialogue.bodies("dns")).isEmpty();
        assertThat(dialogue.bodies("http")).hasSize(1);
        assertThat(dialogue.appProto()).isEqualTo("http2");
    }

    @Test
    void refusesEveryPrefixOfAnswer() {
        for (int length = 0; length < ANSWER.length; length++) {
            byte[] cut = answer(Arrays.copyOf(ANSWER, length));

            Dialogue dialogue = Dialogue.tcp(443).client(get("/")).server(cut).close();

            assertThat(dialogue.bodies("dns")).isEmpty();
        }
    }

    private static byte[] post(byte[] message) {
        return FrameBytes.preface()
                .frame(
                        Frame.HEADERS,
                        Frame.END_HEADERS,
                        1,
                        fields(":method", "POST", ":path", "/dns-query", "content-type", DNS))
                .frame(Frame.DATA, Frame.END_STREAM, 1, message)
                .bytes();
    }

    private static byte[] get(String path) {
        return FrameBytes.preface()
                .frame(
                        Frame.HEADERS,
                        Frame.END_HEADERS | Frame.END_STREAM,
                        1,
                        fields(":method", "GET", ":path", path, "accept", DNS))
                .bytes();
    }

    private static byte[] answer(byte[] message) {
        return new FrameBytes()
                .frame(Frame.SETTINGS, 0, 0, "")
                .frame(Frame.HEADERS, Frame.END_HEADERS, 1, fields(":status", "200", "content-type", DNS))
                .frame(Frame.DATA, Frame.END_STREAM, 1, message)
                .bytes();
    }

    /** Literal fields that are not indexed (RFC 7541, 6.2.2): names and values in turn. */
    private static byte[] fields(String... texts) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < texts.length; i++) {
            if (i % 2 == 0) {
                block.write(0);
            }
            block.write(texts[i].length());
            block.writeBytes(texts[i].getBytes(StandardCharsets.US_ASCII));
        }
        return block.toByteArray();
    }
}
