// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class Http2DissectorTest {
    /** GET http://www.example.com/: three indexed fields, and an authority in Huffman code that is numbered 62. */
    private static final String REQUEST = "82 86 84 41 8cf1e3c2e5f23a6ba0ab90f4ff";
    /** 200, and a literal content-length of 5. */
    private static final String RESPONSE = "88 5c 01 35";

    private static final int HEADERS_ONLY = Frame.END_HEADERS | Frame.END_STREAM;

    @Test
    void readsRequestAndResponse() {
        JsonNode http = Dialogue.tcp(8080)
                .client(request().bytes())
                .server(response().bytes())
                .close()
                .bodies("http")
                .get(0);
        assertThat(http.path("version").asText()).isEqualTo("2");
        assertThat(http.path("hostname").asText()).isEqualTo("www.example.com");
        assertThat(http.path("url").asText()).isEqualTo("/");
        assertThat(http.path("http_method").asText()).isEqualTo("GET");
        assertThat(http.path("status").asInt()).isEqualTo(200);
        assertThat(http.path("length").asInt()).isEqualTo(5);
        assertThat(http.at("/request_headers/1/name").asText()).isEqualTo(":scheme");
        assertThat(http.at("/request_headers/3/value").asText()).isEqualTo("www.example.com");
        assertThat(http.at("/http2/stream_id").asInt()).isEqualTo(1);
    }

    @Test
    void writesBodyAsFile() {
        Dialogue dialogue = Dialogue.tcp(8080)
                .client(request().bytes())
                .server(response().bytes())
                .close();
        JsonNode event = dialogue.events().ofType("fileinfo").get(0);
        assertThat(event.path("app_proto").asText()).isEqualTo("http2");
        assertThat(event.at("/fileinfo/size").asInt()).isEqualTo(5);
        assertThat(event.at("/fileinfo/state").asText()).isEqualTo("CLOSED");
        assertThat(event.at("/fileinfo/md5").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592"); // of "hello"
        assertThat(event.at("/http/url").asText()).isEqualTo("/");
    }

    @Test
    void takesPaddingOffData() {
        byte[] padded = new FrameBytes()
                .frame(Frame.HEADERS, Frame.END_HEADERS, 1, RESPONSE)
                .frame(Frame.DATA, Frame.END_STREAM | Frame.PADDED, 1, "03 68656c6c6f 000000")
                .bytes();
        Dialogue dialogue =
                Dialogue.tcp(8080).client(request().bytes()).server(padded).close();
        assertThat(dialogue.bodies("fileinfo").get(0).path("size").asInt()).isEqualTo(5);
    }

    @Test
    void marksFileWithGap() {
        byte[] head = new FrameBytes()
                .frame(Frame.HEADERS, Frame.END_HEADERS, 1, RESPONSE)
                .frame(Frame.DATA, Frame.END_STREAM, 1, "68656c6c6f")
                .bytes();
        byte[] cut = Arrays.copyOf(head, head.length - 4);
        Dialogue dialogue = Dialogue.tcp(8080)
                .client(request().bytes())
                .server(cut)
                .serverLoses(2)
                .server("lo")
                .close();
        JsonNode file = dialogue.bodies("fileinfo").get(0);
        assertThat(file.path("gaps").asBoolean()).isTrue();
        assertThat(file.path("size").asInt()).isEqualTo(5);
        assertThat(file.path("state").asText()).isEqualTo("TRUNCATED");
    }

    /** The second request names the authority by its number in the dynamic table (RFC 7541, C.4.2). */
    @Test
    void refersToFieldsOfEarlierBlocks() {
        byte[] client =
                request().frame(Frame.HEADERS, HEADERS_ONLY, 3, "82 86 84 be").bytes();
        List<JsonNode> http = Dialogue.tcp(8080).client(client).close().bodies("http");
        assertThat(http.get(1).path("hostname").asText()).isEqualTo("www.example.com");
    }

    @Test
    void forgetsFieldsThatATableTooSmallEvicts() {
        byte[] client = request()
                .frame(Frame.HEADERS, HEADERS_ONLY, 3, "20 82 86 84 be") // size 0: nothing has the number 62 now
                .frame(Frame.HEADERS, HEADERS_ONLY, 5, "82 86 84")
                .bytes();
        List<JsonNode> http = Dialogue.tcp(8080).client(client).close().bodies("http");
        assertThat(http).extracting(each -> each.at("/http2/stream_id").asInt()).doesNotContain(5);
    }

    @Test
    void putsHeadersTogetherFromContinuations() {
        byte[] client = FrameBytes.preface()
                .frame(Frame.HEADERS, Frame.END_STREAM, 1, "82 86")
                .frame(Frame.CONTINUATION, 0, 1, "84 41 8cf1e3c2")
                .frame(Frame.CONTINUATION, Frame.END_HEADERS, 1, "e5f23a6ba0ab90f4ff")
                .bytes();
        JsonNode http = Dialogue.tcp(8080).client(client).close().bodies("http").get(0);
        assertThat(http.path("hostname").asText()).isEqualTo("www.example.com");
    }

    @Test
    void readsSettingsErrorsAndPriorities() {
        byte[] client = FrameBytes.preface()
                .frame(Frame.SETTINGS, 0, 0, "0003 00000064 0009 00000001")
                .frame(Frame.SETTINGS, Frame.ACK, 0, "")
                .frame(Frame.PRIORITY, 0, 3, "00000000 c8")
                .frame(Frame.RST_STREAM, 0, 3, "00000008")
                .frame(Frame.GOAWAY, 0, 0, "00000003 00000000")
                .bytes();
        List<JsonNode> http = Dialogue.tcp(8080).client(client).close().bodies("http");
        assertThat(http).hasSize(3);
        assertThat(http.get(0).at("/http2/request/settings/0/settings_id").asText())
                .isEqualTo("SETTINGSMAXCONCURRENTSTREAMS");
        assertThat(http.get(0).at("/http2/request/settings/0/settings_value").asInt())
                .isEqualTo(100);
        assertThat(http.get(1).at("/http2/request/error_code").asText()).isEqualTo("NOERROR");
        assertThat(http.get(2).at("/http2/request/priority").asInt()).isEqualTo(200);
        assertThat(http.get(2).at("/http2/request/error_code").asText()).isEqualTo("Cancel");
    }

    /** A server may speak first (RFC 9113, 3.4); what it says is HTTP/2 for sure when the client has said so too. */
    @Test
    void holdsTheSettingsOfAServerUntilItsClientHasSpoken() {
        Dialogue dialogue = Dialogue.tcp(8080).server(serverSettings().bytes());
        assertThat(dialogue.bodies("http")).isEmpty();
        dialogue.client(FrameBytes.preface()
                .frame(Frame.SETTINGS, 0, 0, "0004 0000ffff")
                .bytes());
        assertThat(dialogue.bodies("http"))
                .extracting(each -> each.at("/http2").has("response"))
                .containsExactly(true, false);
    }

    @Test
    void showsTheSettingsOfAServerWithoutClient() {
        FrameBytes goesOn = serverSettings().frame(Frame.GOAWAY, 0, 0, "00000000 00000000");
        assertThat(Dialogue.tcp(8080).server(goesOn.bytes()).bodies("http"))
                .extracting(each -> each.at("/http2/response").fieldNames().next())
                .containsExactly("settings", "error_code");
        assertThat(Dialogue.tcp(8080).server(serverSettings().bytes()).close().bodies("http"))
                .as("the end")
                .hasSize(1);
        assertThat(Dialogue.tcp(8080)
                        .server(serverSettings().bytes())
                        .client("GET / HTTP/1.1")
                        .close()
                        .bodies("http"))
                .as("a client that speaks something else")
                .hasSize(1);
    }

    private static FrameBytes serverSettings() {
        return new FrameBytes().frame(Frame.SETTINGS, 0, 0, "0003 00000064");
    }

    @Test
    void showsCredentialsByNameOnly() {
        Dialogue dialogue = credentials(Secrets.HIDDEN);
        JsonNode http = dialogue.bodies("http").get(0);
        assertThat(http.path("hostname").asText()).isEqualTo("***@c.de");
        assertThat(http.at("/request_headers/3/value").asText()).isEqualTo("***@c.de");
        assertThat(http.at("/request_headers/4/name").asText()).isEqualTo("authorization");
        assertThat(http.at("/request_headers/4/value").asText()).isEqualTo("***");
        assertThat(dialogue.events().lines()).noneMatch(line -> line.contains("s3cre") || line.contains("a:b"));
    }

    @Test
    void showsCredentialsIfAskedTo() {
        JsonNode http = credentials(Secrets.SHOWN).bodies("http").get(0);
        assertThat(http.path("hostname").asText()).isEqualTo("a:b@c.de");
        assertThat(http.at("/request_headers/3/value").asText()).isEqualTo("a:b@c.de");
        assertThat(http.at("/request_headers/4/value").asText()).isEqualTo("s3cre");
    }

    private static Dialogue credentials(Secrets secrets) {
        String authority = "41 08 " + hex("a:b@c.de");
        String authorization = "0f08 05 " + hex("s3cre"); // 15 + 8: authorization
        byte[] client = FrameBytes.preface()
                .frame(Frame.HEADERS, HEADERS_ONLY, 1, "82 86 84" + authority + authorization)
                .bytes();
        return Dialogue.tcp(8080, secrets).client(client).close();
    }

    @Test
    void followsAnUpgrade() {
        byte[] server = response().bytes();
        Dialogue dialogue = Dialogue.tcp(8080)
                .client("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
                .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n")
                .client(FrameBytes.preface().bytes())
                .server(server)
                .close();
        assertThat(dialogue.bodies("http"))
                .extracting(each -> each.path("status").asInt())
                .containsExactly(101, 200);
        assertThat(dialogue.events().ofType("flow").get(0).path("app_proto").asText())
                .isEqualTo("http2");
    }

    @Test
    void countsFramesOfTheConnectionAndStreamsButNoAcknowledgement() {
        byte[] client = FrameBytes.preface()
                .frame(Frame.SETTINGS, 0, 0, "0003 00000064")
                .frame(Frame.SETTINGS, Frame.ACK, 0, "")
                .frame(Frame.HEADERS, HEADERS_ONLY, 1, REQUEST)
                .bytes();
        Dialogue dialogue = Dialogue.tcp(8080).client(client).close();
        assertThat(dialogue.bodies("flow").get(0).path("tx_cnt").asInt()).isEqualTo(2);
    }

    @Test
    void countsNoStreamThatIsOverAgain() {
        byte[] late = new FrameBytes()
                .frame(Frame.SETTINGS, 0, 0, "")
                .frame(Frame.WINDOW_UPDATE, 0, 1, "00001000")
                .frame(Frame.PRIORITY, 0, 1, "00000000 10")
                .bytes();
        Dialogue dialogue = Dialogue.tcp(8080)
                .client(request().bytes())
                .server(response().bytes())
                .client(late)
                .close();
        assertThat(dialogue.bodies("flow").get(0).path("tx_cnt").asInt()).isEqualTo(1);
        assertThat(dialogue.bodies("http")).hasSize(1);
    }

    /** The answer to the request that asked for the upgrade comes on stream 1 (RFC 7540, 3.2). */
    @Test
    void showsTheRequestThatLedToAnUpgradeOnItsStream() {
        // base64url of 0003 00000064 0004 40000000
        Dialogue dialogue = upgraded("GET /file.txt HTTP/1.1", "HTTP2-Settings: AAMAAABkAARAAAAA\r\n")
                .server(response().bytes());
        List<JsonNode> http = dialogue.bodies("http");
        assertThat(http.get(1).at("/http2/request/settings").toString())
                .isEqualTo("[{\"settings_id\":\"SETTINGSMAXCONCURRENTSTREAMS\",\"settings_value\":100},"
                        + "{\"settings_id\":\"SETTINGSINITIALWINDOWSIZE\",\"settings_value\":1073741824}]");
        JsonNode stream = http.get(2);
        assertThat(stream.at("/http2/stream_id").asInt()).isEqualTo(1);
        assertThat(stream.path("http_method").asText()).isEqualTo("GET");
        assertThat(stream.path("hostname").asText()).isEqualTo("a.b:8080");
        assertThat(stream.path("url").asText()).isEqualTo("/file.txt");
        assertThat(stream.path("status").asInt()).isEqualTo(200);
        assertThat(dialogue.bodies("fileinfo").get(0).path("filename").asText()).isEqualTo("/file.txt");
    }

    @Test
    void showsNoTargetOfAnUpgradeThatMayHaveAPassword() {
        Dialogue dialogue = upgraded("GET http://u:secret@a.b/ HTTP/1.1", "HTTP2-Settings: *\r\n")
                .server(response().bytes())
                .close();
        assertThat(dialogue.bodies("http").toString()).doesNotContain("secret");
        assertThat(dialogue.bodies("http").get(1).path("http_method").asText()).isEqualTo("GET");
    }

    private static Dialogue upgraded(String requestLine, String settings) {
        return Dialogue.tcp(8080)
                .client(requestLine + "\r\nHost: a.b:8080\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                        + settings + "\r\n")
                .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n")
                .client(FrameBytes.preface().bytes());
    }

    @Test
    void refusesWhatBreaksCompression() {
        String[] blocks = {
            "80", // index 0
            "be", // a number nothing has
            "ff ffffffff 7f", // an integer without end
            "3f e1ff03 3f e1ff7f", // a table of more than 64 KiB
            "41 81 ff ff", // padding of a whole byte
            "41 05 6161" // longer than the block
        };
        for (String block : blocks) {
            byte[] client = FrameBytes.preface()
                    .frame(Frame.HEADERS, HEADERS_ONLY, 1, block)
                    .frame(Frame.HEADERS, HEADERS_ONLY, 3, REQUEST)
                    .bytes();
            List<JsonNode> http = Dialogue.tcp(8080).client(client).close().bodies("http");
            assertThat(http).as(block).noneMatch(each -> each.has("hostname"));
        }
    }

    @Test
    @Tag("limit:FrameReader.MAX_FRAME_BYTES")
    void refusesFramesThatCannotBe() {
        FrameBytes[] broken = {
            FrameBytes.preface().frame(Frame.DATA, Frame.PADDED, 1, "09 00"), // more padding than frame
            FrameBytes.preface().frame(Frame.HEADERS, Frame.PADDED, 1, "09 82"),
            FrameBytes.preface().frame(Frame.HEADERS, 0, 1, "82").frame(Frame.PING, 0, 0, "00"), // within a block
            FrameBytes.preface().frame(Frame.SETTINGS, 0, 0, "0003"),
            FrameBytes.preface().frame(Frame.PING, 0, 0, new byte[FrameReader.MAX_FRAME_BYTES + 1])
        };
        for (FrameBytes each : broken) {
            byte[] client = each.frame(Frame.HEADERS, HEADERS_ONLY, 5, REQUEST).bytes();
            List<JsonNode> http = Dialogue.tcp(8080).client(client).close().bodies("http");
            assertThat(http).noneMatch(event -> event.has("hostname"));
        }
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        Dialogue whole = Dialogue.tcp(8080)
                .client(request().bytes())
                .server(response().bytes())
                .close();
        Dialogue pieces = Dialogue.tcp(8080)
                .clientByteByByte(request().bytes())
                .serverByteByByte(response().bytes())
                .close();
        assertThat(pieces.bodies("http")).isEqualTo(whole.bodies("http"));
        assertThat(pieces.bodies("fileinfo")).isEqualTo(whole.bodies("fileinfo"));
    }

    private static FrameBytes request() {
        return FrameBytes.preface().frame(Frame.HEADERS, HEADERS_ONLY, 1, REQUEST);
    }

    private static FrameBytes response() {
        return new FrameBytes()
                .frame(Frame.HEADERS, Frame.END_HEADERS, 1, RESPONSE)
                .frame(Frame.DATA, Frame.END_STREAM, 1, hex("hello"));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
