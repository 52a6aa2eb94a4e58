// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HttpDissectorTest {
    private static final String GET = String.join(
            "\r\n",
            "GET /a?b=1 HTTP/1.1",
            "Host: Example.com:8080",
            "User-Agent: t/1",
            "Referer: http://r/",
            "Cookie: secret=1",
            "Authorization: Basic c2VjcmV0",
            "",
            "");
    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=x\r\nContent-Length: 2\r\n\r\nhi";
    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /** GET / HTTP/1.1, Host: a, and an answer of one byte. */
    private static final byte[] REQUEST = HexFormat.of()
            .parseHex(
                    "474554202f20485454502f312e310d0a" // GET / HTTP/1.1
                            + "486f73743a20610d0a" // Host: a
                            + "0d0a");

    private static final byte[] RESPONSE = HexFormat.of()
            .parseHex(
                    "485454502f312e3120323030204f4b0d0a" // HTTP/1.1 200 OK
                            + "436f6e74656e742d4c656e6774683a20310d0a" // Content-Length: 1
                            + "0d0a78");

    @Test
    void readsARequestAndItsResponse() {
        Dialogue dialogue = Dialogue.tcp(80).client(GET).server(OK).close();
        JsonNode http = only(dialogue);
        assertThat(http.path("hostname").asText()).isEqualTo("example.com");
        assertThat(http.path("http_port").asInt()).isEqualTo(8080);
        assertThat(http.path("url").asText()).isEqualTo("/a?b=1");
        assertThat(http.path("http_user_agent").asText()).isEqualTo("t/1");
        assertThat(http.path("http_refer").asText()).isEqualTo("http://r/");
        assertThat(http.path("http_method").asText()).isEqualTo("GET");
        assertThat(http.path("protocol").asText()).isEqualTo("HTTP/1.1");
        assertThat(http.path("http_content_type").asText()).isEqualTo("text/plain");
        assertThat(http.path("status").asInt()).isEqualTo(200);
        assertThat(http.path("length").asInt()).isEqualTo(2);
        assertThat(dialogue.events().ofType("http").get(0).path("tx_id").asInt())
                .isZero();
        assertThat(dialogue.appProto()).isEqualTo("http");
    }

    @Test
    void reportsAtThePacketThatAcknowledgesTheLastByte() {
        Dialogue dialogue = Dialogue.tcp(80).client(GET).server(OK).close();
        assertThat(dialogue.events().ofType("http").get(0).path("pcap_cnt").asInt())
                .isEqualTo(7);
    }

    @Test
    void keepsCredentialsToItself() {
        Dialogue dialogue = Dialogue.tcp(80).client(GET).server(OK).close();
        assertThat(dialogue.events().lines()).noneMatch(line -> line.contains("secret") || line.contains("c2VjcmV0"));
    }

    @Test
    void hidesThePasswordInsideATarget() {
        JsonNode http = only(Dialogue.tcp(3128)
                .client("GET http://u:p%40ss@host.example:81/a@b HTTP/1.1\r\n\r\n")
                .server(OK)
                .close());
        assertThat(http.path("url").asText()).isEqualTo("http://***@host.example:81/a@b");
        assertThat(http.path("hostname").asText()).isEqualTo("host.example");
        assertThat(http.path("http_port").asInt()).isEqualTo(81);
    }

    @Test
    void showsThePasswordInsideATargetIfAskedTo() {
        JsonNode http = only(Dialogue.tcp(3128, Secrets.SHOWN)
                .client("GET http://u:p%40ss@host.example:81/a@b HTTP/1.1\r\n\r\n")
                .server(OK)
                .close());
        assertThat(http.path("url").asText()).isEqualTo("http://u:p%40ss@host.example:81/a@b");
    }

    @Test
    void takesARequestLineThatNeverEndsWhenItIsAnswered() {
        JsonNode http = only(Dialogue.tcp(80).client("GET /").server("hello").close());
        assertThat(http.path("url").asText()).isEqualTo("/");
        assertThat(http.path("length").asInt()).isEqualTo(5);
    }

    @Test
    void joinsFoldedLinesAndReadsFramingInThem() {
        JsonNode http = only(Dialogue.tcp(80)
                .client("GET / HTTP/1.1\r\nUser-Agent: a\r\n b\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nTransfer-Encoding\r\n :chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n")
                .close());
        assertThat(http.path("http_user_agent").asText()).isEqualTo("a b");
        assertThat(http.path("length").asInt()).isEqualTo(9);
    }

    @Test
    void joinsLinesThatAreFoldedOnceMore() {
        String server =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: \r\n \r\n chunked \r\n \r\nServer: x\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
        Dialogue dialogue = Dialogue.tcp(80).client(GET).server(server).close();
        assertThat(dialogue.events()
                        .ofType("fileinfo")
                        .get(0)
                        .at("/fileinfo/size")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void readsTheCommentedBytesByteByByte() {
        JsonNode http = only(Dialogue.tcp(80)
                .clientByteByByte(REQUEST)
                .serverByteByByte(RESPONSE)
                .close());
        assertThat(http.path("hostname").asText()).isEqualTo("a");
        assertThat(http.path("length").asInt()).isEqualTo(1);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        for (int length = 1; length < RESPONSE.length; length++) {
            byte[] first = java.util.Arrays.copyOf(RESPONSE, length);
            byte[] rest = java.util.Arrays.copyOfRange(RESPONSE, length, RESPONSE.length);
            JsonNode http = only(
                    Dialogue.tcp(80).client(REQUEST).server(first).server(rest).close());
            assertThat(http.path("status").asInt()).isEqualTo(200);
            assertThat(http.path("length").asInt()).isEqualTo(1);
        }
    }

    @Test
    void matchesPipelinedRequestsInOrder() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client("GET /1 HTTP/1.1\r\n\r\nHEAD /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"
                        + "HTTP/1.1 201 OK\r\nContent-Length: 9\r\n\r\n"
                        + "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
                .close();
        assertThat(dialogue.bodies("http"))
                .extracting(
                        each -> each.path("url").asText() + each.path("status").asInt())
                .containsExactly("/1200", "/2201", "/3404");
    }

    @Test
    void countsChunksWithTheirFramingAndPassesTrailers() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: 1\r\n\r\n"
                        + EMPTY)
                .close();
        assertThat(dialogue.bodies("http"))
                .extracting(each -> each.path("length").asInt())
                .containsExactly(15, 0);
    }

    @Test
    void passesOverInterimResponses() {
        JsonNode http = only(Dialogue.tcp(80)
                .client("POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                .server("HTTP/1.1 100 Continue\r\n\r\n")
                .client("ab")
                .server(OK)
                .close());
        assertThat(http.path("status").asInt()).isEqualTo(200);
    }

    @Test
    void expectsNoBodyWhereThereIsNone() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 204 No\r\n\r\nHTTP/1.1 304 Same\r\nContent-Length: 7\r\n\r\n" + EMPTY)
                .close();
        assertThat(dialogue.bodies("http"))
                .extracting(each -> each.path("status").asInt())
                .containsExactly(204, 304, 200);
    }

    @Test
    void handsATunnelOverToWhatIsSpokenInIt() {
        Dialogue dialogue = Dialogue.tcp(3128)
                .client("CONNECT inner.example:80 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 200 Connected\r\n\r\n")
                .client("GET /inner HTTP/1.1\r\n\r\n")
                .server(EMPTY)
                .close();
        List<JsonNode> events = dialogue.bodies("http");
        assertThat(events).hasSize(2);
        assertThat(events.get(0).path("hostname").asText()).isEqualTo("inner.example");
        assertThat(events.get(1).path("url").asText()).isEqualTo("/inner");
    }

    @Test
    void goesOnWhenATunnelIsRefused() {
        Dialogue dialogue = Dialogue.tcp(3128)
                .client("CONNECT a:443 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")
                .client("GET /next HTTP/1.1\r\n\r\n")
                .server(EMPTY)
                .close();
        assertThat(dialogue.bodies("http")).hasSize(2);
    }

    @Test
    void takesAnAnswerWithoutStatusLineForABody() {
        JsonNode http =
                only(Dialogue.tcp(80).client("GET /\r\n").server("hello").close());
        assertThat(http.has("protocol")).isFalse();
        assertThat(http.path("length").asInt()).isEqualTo(5);
    }

    @Test
    void prefersChunksWhenBothLengthsAreGiven() {
        JsonNode http = only(Dialogue.tcp(80)
                .client("GET / HTTP/1.1\r\n\r\n")
                .server(
                        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n")
                .close());
        assertThat(http.path("length").asInt()).isEqualTo(9);
    }

    @Test
    void goesOnBehindAGapInABody() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
                .serverLoses(100)
                .server(EMPTY)
                .close();
        assertThat(dialogue.bodies("http"))
                .extracting(each -> each.path("length").asInt())
                .containsExactly(100, 0);
    }

    @Test
    void findsTheNextResponseBehindAGapInHeaders() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nContent-Le")
                .serverLoses(30)
                .server("\r\n\r\nrest\n" + EMPTY)
                .close();
        assertThat(dialogue.bodies("http"))
                .extracting(each -> each.path("status").asInt())
                .containsExactly(200, 200);
    }

    @Test
    void reportsAResponseWhoseRequestWasNotSeen() {
        JsonNode http = only(Dialogue.tcp(80).server(OK).close());
        assertThat(http.path("status").asInt()).isEqualTo(200);
        assertThat(http.has("url")).isFalse();
    }

    @Test
    void refusesWhatIsNoMethod() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client("GET / HTTP/1.1\r\n\r\n")
                .server(EMPTY)
                .client("\001\002 binary\r\n")
                .close();
        assertThat(dialogue.bodies("http")).hasSize(1);
    }

    @Test
    @Tag("limit:LineReader.MAX_LINE_BYTES")
    void refusesALineLongerThanTheLimit() {
        Dialogue dialogue = Dialogue.tcp(80).client("GET / HTTP/1.1\r\nHost: a\r\n");
        byte[] line = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        for (int sent = 0; sent <= LineReader.MAX_LINE_BYTES; sent += line.length) {
            dialogue.client(line);
        }
        JsonNode http = only(dialogue.client("\r\n\r\n").server(OK).close());
        assertThat(http.has("status")).isFalse();
    }

    @Test
    void showsAPartOfAFile() {
        JsonNode http = only(Dialogue.tcp(80)
                .client("GET / HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 206 Part\r\nContent-Range: bytes 5-9/20\r\nContent-Length: 5\r\n\r\n12345")
                .close());
        assertThat(http.at("/content_range/start").asInt()).isEqualTo(5);
        assertThat(http.at("/content_range/end").asInt()).isEqualTo(9);
        assertThat(http.at("/content_range/size").asInt()).isEqualTo(20);
    }

    private static JsonNode only(Dialogue dialogue) {
        List<JsonNode> events = dialogue.bodies("http");
        assertThat(events).hasSize(1);
        return events.get(0);
    }
}
