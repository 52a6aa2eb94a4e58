// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpFileTest {
    private static final String HELLO = "hello";
    /** Published digests of the five bytes of "hello". */
    private static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";

    private static final String HELLO_SHA1 = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";
    private static final String HELLO_SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @Test
    void hashesTheBodyOfAResponse() {
        Dialogue dialogue = get("").server(response("", HELLO)).close();
        JsonNode file = only(dialogue);
        assertThat(file.path("filename").asText()).isEqualTo("/dir/a b.txt");
        assertThat(file.path("md5").asText()).isEqualTo(HELLO_MD5);
        assertThat(file.path("sha1").asText()).isEqualTo(HELLO_SHA1);
        assertThat(file.path("sha256").asText()).isEqualTo(HELLO_SHA256);
        assertThat(file.path("size").asInt()).isEqualTo(5);
        assertThat(file.path("state").asText()).isEqualTo("CLOSED");
        assertThat(file.path("gaps").asBoolean()).isFalse();
        assertThat(file.path("stored").asBoolean(true)).isFalse();
        JsonNode event = dialogue.events().ofType("fileinfo").get(0);
        assertThat(event.path("app_proto").asText()).isEqualTo("http");
        assertThat(event.at("/http/status").asInt()).isEqualTo(200);
        assertThat(event.path("src_ip").asText()).as("the sender").isEqualTo("10.0.0.2");
        assertThat(event.at("/probe/lane").asText()).isEqualTo("normal");
    }

    @Test
    void hashesAnUpload() {
        Dialogue dialogue = Dialogue.tcp(80)
                .client("PUT //up?x HTTP/1.1\r\nContent-Length: 5\r\n\r\nhel")
                .client("lo")
                .server(response("", ""))
                .close();
        assertThat(only(dialogue).path("filename").asText()).isEqualTo("/up");
        assertThat(only(dialogue).path("md5").asText()).isEqualTo(HELLO_MD5);
        JsonNode event = dialogue.events().ofType("fileinfo").get(0);
        assertThat(event.path("src_ip").asText()).isEqualTo("10.0.0.1");
    }

    @Test
    void takesTheNameOfTheContentDisposition() {
        String header = "Content-Disposition: attachment; a=\"x;filename=no\"; FileName=\"b \\\"c\\\".txt\"\r\n";
        assertThat(only(get("").server(response(header, HELLO)).close())
                        .path("filename")
                        .asText())
                .isEqualTo("b \"c\".txt");
    }

    @Test
    void joinsChunksAndCodings() throws IOException {
        for (byte[] body : List.of(gzip(HELLO), deflate(HELLO, true), deflate(HELLO, false))) {
            joins(body);
        }
    }

    private static void joins(byte[] body) {
        for (int cut = 1; cut < body.length; cut++) {
            Dialogue dialogue = get("");
            dialogue.server("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
            chunk(dialogue, java.util.Arrays.copyOf(body, cut));
            chunk(dialogue, java.util.Arrays.copyOfRange(body, cut, body.length));
            dialogue.server("0\r\n\r\n").close();
            assertThat(only(dialogue).path("md5").asText()).isEqualTo(HELLO_MD5);
        }
    }

    @Test
    void undoesDeflateWithAndWithoutItsHeader() throws IOException {
        for (boolean raw : new boolean[] {true, false}) {
            Dialogue dialogue = coded("deflate", deflate(HELLO, raw));
            assertThat(only(dialogue).path("md5").asText()).isEqualTo(HELLO_MD5);
        }
    }

    @Test
    void takesWhatIsNotCompressedAsItIs() {
        Dialogue dialogue = coded("gzip", HELLO.getBytes(StandardCharsets.US_ASCII));
        assertThat(only(dialogue).path("md5").asText()).isEqualTo(HELLO_MD5);
    }

    @Test
    @Tag("limit:InflatedLayer.MAX_RATIO")
    @Tag("limit:InflatedLayer.MAX_OUTPUT_BYTES")
    void stopsAtTheBudgetOfDecompression() throws IOException {
        byte[] bomb = deflate("\0".repeat(InflatedLayer.MAX_RATIO * 100_000), true);
        JsonNode file = only(coded("deflate", bomb));
        assertThat(file.path("state").asText()).isEqualTo("TRUNCATED");
        assertThat(file.has("md5")).isFalse();
        assertThat(file.path("size").asLong()).isLessThan(InflatedLayer.MAX_OUTPUT_BYTES + 100_000);
    }

    @Test
    void marksAGap() {
        Dialogue dialogue = get("").server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nh")
                .serverLoses(3)
                .server("o")
                .close();
        JsonNode file = only(dialogue);
        assertThat(file.path("gaps").asBoolean()).isTrue();
        assertThat(file.path("state").asText()).isEqualTo("TRUNCATED");
        assertThat(file.path("size").asInt()).isEqualTo(5);
        assertThat(file.has("sha256")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'3|hel|2|lo|', TRUNCATED", "'6|hello', TRUNCATED", "'5|hello|0|', CLOSED", "'5|hello|0||', CLOSED"})
    void isCutShortWithoutTheLastChunk(String chunks, String state) {
        Dialogue download = get("").server(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks.replace("|", "\r\n"))
                .close();
        Dialogue upload = Dialogue.tcp(80)
                .client("PUT /up HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks.replace("|", "\r\n"))
                .close();
        for (Dialogue dialogue : List.of(download, upload)) {
            assertThat(only(dialogue).path("state").asText()).isEqualTo(state);
            assertThat(only(dialogue).path("size").asInt()).isEqualTo(HELLO.length());
            assertThat(only(dialogue).has("md5")).isEqualTo(state.equals("CLOSED"));
        }
    }

    @Test
    void takesWhatCameOfALengthForTheFile() {
        JsonNode file = only(get("").server("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")
                .close());
        assertThat(file.path("state").asText()).isEqualTo("CLOSED");
        assertThat(file.path("md5").asText()).isEqualTo(HELLO_MD5);
    }

    @Test
    void saysWhichPartOfAFileItIs() {
        JsonNode file = only(
                get("").server("HTTP/1.1 206 OK\r\nContent-Range: bytes 10-14/20\r\nContent-Length: 5\r\n\r\nhello")
                        .close());
        assertThat(file.path("start").asInt()).isEqualTo(10);
        assertThat(file.path("end").asInt()).isEqualTo(14);
    }

    @Test
    void findsTheFilesOfAForm() {
        String body = String.join(
                "\r\n",
                "--B1",
                "Content-Disposition: form-data; name=\"a\"",
                "",
                "no file",
                "--B1",
                "Content-Disposition: form-data; name=\"f\"; filename=\"one.txt\"",
                "Content-Type: text/plain",
                "",
                "hello",
                "--B1",
                "Content-Disposition: form-data; name=\"g\"; filename=\"two.txt\"",
                "",
                "\r\n--B\r\r\n-",
                "--B1--",
                "");
        String head = "POST /form HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=\"B1\"\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        Dialogue dialogue = Dialogue.tcp(80)
                .client(head)
                .clientByteByByte(body.getBytes(StandardCharsets.US_ASCII))
                .server(response("", ""))
                .close();
        List<JsonNode> files = dialogue.bodies("fileinfo");
        assertThat(files).extracting(each -> each.path("filename").asText()).containsExactly("one.txt", "two.txt");
        assertThat(files.get(0).path("md5").asText()).isEqualTo(HELLO_MD5);
        assertThat(files.get(1).path("size").asInt()).isEqualTo("\r\n--B\r\r\n-".length());
    }

    private static Dialogue get(String headers) {
        return Dialogue.tcp(80).client("GET /dir//a%20b.txt?q HTTP/1.1\r\n" + headers + "\r\n");
    }

    private static Dialogue coded(String coding, byte[] body) {
        Dialogue dialogue = get("").server("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: "
                + body.length + "\r\n\r\n");
        for (int sent = 0; sent < body.length; sent += 1000) {
            dialogue.server(java.util.Arrays.copyOfRange(body, sent, Math.min(body.length, sent + 1000)));
        }
        return dialogue.close();
    }

    private static String response(String headers, String body) {
        return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void chunk(Dialogue dialogue, byte[] bytes) {
        dialogue.server(HexFormat.of().toHexDigits((short) bytes.length) + "\r\n")
                .server(bytes)
                .server("\r\n");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(out)) {
            stream.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    private static byte[] deflate(String text, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, raw);
        try (DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater)) {
            stream.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static JsonNode only(Dialogue dialogue) {
        List<JsonNode> files = dialogue.bodies("fileinfo");
        assertThat(files).hasSize(1);
        return files.get(0);
    }
}
