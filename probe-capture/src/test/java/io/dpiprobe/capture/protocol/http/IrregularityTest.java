// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a proxy and the server behind it may understand differently is told: it is how requests are smuggled. */
class IrregularityTest {
    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String START = "POST / HTTP/1.1\r\nHost: a\r\n";

    @Test
    void saysNothingOfOrdinaryMessages() {
        Dialogue dialogue = exchange(START + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", EMPTY);

        assertThat(dialogue.bodies("anomaly")).isEmpty();
        assertThat(event(dialogue).at("/probe/http").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 1|Content-Length: 2||x', DUPLICATE_CONTENT_LENGTH_FIELD_IN_REQUEST",
        "'Content-Length: +1||x', INVALID_CONTENT_LENGTH_FIELD_IN_REQUEST",
        "'Content-Length: 1, 1||x', INVALID_CONTENT_LENGTH_FIELD_IN_REQUEST",
        "'Transfer-Encoding: xchunked||0||', INVALID_TRANSFER_ENCODING_VALUE_IN_REQUEST",
        "'Transfer-Encoding: chunked, identity||0||', INVALID_TRANSFER_ENCODING_VALUE_IN_REQUEST",
        "'Transfer-Encoding: chunked|Transfer-Encoding: chunked||0||', INVALID_TRANSFER_ENCODING_VALUE_IN_REQUEST",
        "'Transfer-Encoding: chunked||1;a=b|x|0||', REQUEST_CHUNK_EXTENSION",
        "'Transfer-Encoding: chunked||1 1|x|0||', INVALID_REQUEST_CHUNK_LEN",
        "'Transfer-Encoding: chunked||g|x|0||', INVALID_REQUEST_CHUNK_LEN",
        "'Transfer-Encoding: chunked||111111111|x|0||', INVALID_REQUEST_CHUNK_LEN",
        "'Transfer-Encoding: chunked||1|xyz|0||', INVALID_REQUEST_CHUNK_LEN",
        "'Content-Length : 0||', REQUEST_INVALID_LWS_AFTER_NAME",
        "'no header at all||', REQUEST_FIELD_MISSING_COLON"
    })
    void isAnAnomalyOfARequest(String lines, String event) {
        Dialogue dialogue = exchange(START + lines.replace("|", "\r\n"), EMPTY);

        assertThat(anomalies(dialogue)).containsExactly(event);
        assertThat(dialogue.events().ofType("anomaly").get(0).path("tx_id").asLong())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 1|Content-Length: 2||x', DUPLICATE_CONTENT_LENGTH_FIELD_IN_RESPONSE",
        "'Content-Length: a||x', INVALID_CONTENT_LENGTH_FIELD_IN_RESPONSE",
        "'Transfer-Encoding: chunked, x||0||', RESPONSE_ABNORMAL_TRANSFER_ENCODING",
        "'Transfer-Encoding: chunked||1;a=b|x|0||', RESPONSE_CHUNK_EXTENSION",
        "'Transfer-Encoding: chunked||h|x|0||', INVALID_RESPONSE_CHUNK_LEN",
        "'Server : x|Content-Length: 0||', RESPONSE_INVALID_LWS_AFTER_NAME",
        "'no header|Content-Length: 0||', RESPONSE_FIELD_MISSING_COLON"
    })
    void isAnAnomalyOfAResponse(String lines, String event) {
        Dialogue dialogue =
                exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\n" + lines.replace("|", "\r\n"));

        assertThat(anomalies(dialogue)).containsExactly(event);
    }

    @ParameterizedTest
    @CsvSource({"'Content-Length: 2||x', true", "'Content-Length: 1||x', false", "'Connection: close||x', false"})
    void marksABodyThatTheConnectionCutsShort(String lines, boolean marked) {
        Dialogue dialogue =
                exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\n" + lines.replace("|", "\r\n"));

        assertThat(marks(dialogue, "response_irregular")).isEqualTo(marked ? "[\"body_incomplete\"]" : "");
    }

    @Test
    void marksAnUploadThatTheConnectionCutsShort() {
        Dialogue dialogue = exchange(START + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", EMPTY);

        assertThat(marks(dialogue, "request_irregular")).isEqualTo("[\"body_incomplete\"]");
    }

    /** CL.TE and TE.CL: which of the two a reader takes decides where the next request begins. */
    @Test
    void marksALengthBesideATransferCoding() {
        String request = START + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";

        assertThat(marks(exchange(request, EMPTY), "request_irregular"))
                .isEqualTo("[\"content_length_and_transfer_encoding\"]");
        assertThat(marks(
                        exchange(
                                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
                        "response_irregular"))
                .isEqualTo("[\"content_length_and_transfer_encoding\"]");
    }

    @Test
    void tellsARequestThatDoesNotSayWhoseItIs() {
        assertThat(anomalies(exchange("GET / HTTP/1.1\r\n\r\n", EMPTY))).containsExactly("MISSING_HOST_HEADER");
        assertThat(anomalies(exchange("GET / HTTP/1.0\r\n\r\n", EMPTY))).isEmpty();
    }

    @Test
    void tellsChunksInAVersionThatHasNone() {
        String chunks = "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";

        assertThat(marks(exchange("POST / HTTP/1.0\r\n" + chunks, EMPTY), "request_irregular"))
                .isEqualTo("[\"chunked_in_old_version\"]");
        assertThat(anomalies(exchange("GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 200 OK\r\n" + chunks)))
                .containsExactly("RESPONSE_CHUNKED_OLD_PROTO");
    }

    @ParameterizedTest
    @CsvSource({"'X: a[CRLF] b[CRLF]', folded_line", "'X: a[CR]Content-Length: 5[CRLF]', bare_cr", "'X: a[LF]', bare_lf"
    })
    void marksLinesThatEndForSomeReadersOnly(String line, String mark) {
        String header = line.replace("[CRLF]", "\r\n").replace("[CR]", "\r").replace("[LF]", "\n");

        assertThat(marks(exchange(START + header + "\r\n", EMPTY), "request_irregular"))
                .isEqualTo("[\"" + mark + "\"]");
    }

    @Test
    void takesLineFeedsAloneForAStyle() {
        Dialogue dialogue = exchange("GET / HTTP/1.1\nHost: a\nX: b\n\n", "HTTP/1.1 204 No\n\n");

        assertThat(event(dialogue).at("/probe/http").isMissingNode()).isTrue();
    }

    private static Dialogue exchange(String request, String response) {
        return Dialogue.tcp(80).client(request).server(response).close();
    }

    private static List<String> anomalies(Dialogue dialogue) {
        return dialogue.bodies("anomaly").stream()
                .map(anomaly -> anomaly.path("event").asText())
                .toList();
    }

    private static JsonNode event(Dialogue dialogue) {
        assertThat(dialogue.bodies("http")).hasSize(1);
        return dialogue.events().ofType("http").get(0);
    }

    private static String marks(Dialogue dialogue, String side) {
        return event(dialogue).at("/probe/http/" + side).toString();
    }
}
