// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeBodyLayerTest {
    /** "hello" with windows of 2^22, 2^24 and 2^16 bytes: one block of literals and the end (RFC 7932, 9.2). */
    private static final List<String> HELLO = List.of("0b028068656c6c6f03", "0f028068656c6c6f03", "40001068656c6c6f03");

    /** "hello" as LZMA with windows of 8 and 64 MiB: properties, window, a length that is not given, and the coded. */
    private static final List<String> LZMA_HELLO = List.of(
            "5d" + "00008000" + "ffffffffffffffff" + "00341949ee8e6821ffffffb9e00000",
            "24" + "00000004" + "ffffffffffffffff" + "00341a14e2c49ad52fffffc04d0000");

    private static final int STORED_OVERHEAD = 5;

    private static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";

    /** 20 MiB of zeros with a window of 2^22 bytes. */
    private static final String ZEROS =
            "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd5ffeffffe09f0088c30200ddfb1f";

    /** The gzip (RFC 1952) of the first of {@link #HELLO}, in one stored block. */
    private static final String GZIP_OF_HELLO =
            "1f8b0800000000000003" + "010900f6ff" + "0b028068656c6c6f03" + "0000000009000000";

    @Test
    void undoesTheCodingHoweverItIsCutIntoPieces() {
        HELLO.forEach(body -> undoes("br", body));
        LZMA_HELLO.forEach(body -> undoes("lzma", body));
    }

    private static void undoes(String coding, String body) {
        for (int piece = 1; piece <= body.length() / 2; piece++) {
            assertThat(only(coded(coding, bytes(body), piece)).path("md5").asText())
                    .as("%s in pieces of %d", body, piece)
                    .isEqualTo(HELLO_MD5);
        }
    }

    @Test
    void undoesItBelowAnotherCoding() {
        JsonNode file = only(coded("BR, gzip", bytes(GZIP_OF_HELLO), 3));
        assertThat(file.path("md5").asText()).isEqualTo(HELLO_MD5);
    }

    @ParameterizedTest
    @CsvSource({
        "br, 68656c6c6f",
        "br, 0b",
        "br, 11",
        "br, 0b0280",
        "br, 0b028068656c6c6f0300",
        "lzma, 68656c6c6f",
        "lzma, 5d000080",
        "lzma, 5d00008000ffffffffffffffff0034194900",
        "lzma, e000008000ffffffffffffffff0034194900",
        "lzma, 5dffffffffffffffffffffffff0134194900"
    })
    void takesWhatIsNoneAsItIs(String coding, String body) {
        JsonNode file = only(coded(coding, bytes(body), 1));
        assertThat(file.path("size").asInt()).isEqualTo(body.length() / 2);
        assertThat(file.path("state").asText()).isEqualTo("CLOSED");
    }

    @Test
    void givesUpAtAGap() {
        Dialogue dialogue = get().server("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 9\r\n\r\n")
                .server(bytes("0b0280"))
                .serverLoses(5)
                .server(bytes("03"));
        JsonNode file = only(dialogue);
        assertThat(file.path("size").asInt()).isEqualTo(9);
        assertThat(file.path("gaps").asBoolean()).isTrue();
        assertThat(file.path("state").asText()).isEqualTo("TRUNCATED");
    }

    @Test
    @Tag("limit:WholeBodyLayer.MAX_CODED_BYTES")
    void takesALongBodyAsItIsAndSaysSo() {
        byte[] fits = stored(WholeBodyLayer.MAX_CODED_BYTES - STORED_OVERHEAD);
        assertThat(fits).hasSize(WholeBodyLayer.MAX_CODED_BYTES);
        JsonNode file = only(coded("br", fits, 1000));
        assertThat(file.path("size").asInt()).isEqualTo(WholeBodyLayer.MAX_CODED_BYTES - STORED_OVERHEAD);
        assertThat(file.path("state").asText()).isEqualTo("CLOSED");

        file = only(coded("br", stored(WholeBodyLayer.MAX_CODED_BYTES - STORED_OVERHEAD + 1), 1000));
        assertThat(file.path("size").asInt()).isEqualTo(WholeBodyLayer.MAX_CODED_BYTES + 1);
        assertThat(file.path("state").asText()).isEqualTo("TRUNCATED");
        assertThat(file.has("md5")).isFalse();
    }

    @Test
    @Tag("limit:WholeBodyLayer.MAX_OUTPUT_BYTES")
    void stopsAtTheBudget() {
        byte[] bomb = Arrays.copyOf(bytes(ZEROS), 16_000);
        JsonNode file = only(coded("br", bomb, 100));
        assertThat(file.path("state").asText()).isEqualTo("TRUNCATED");
        assertThat(file.has("md5")).isFalse();
        assertThat(file.path("size").asInt())
                .isBetween(WholeBodyLayer.MAX_OUTPUT_BYTES, WholeBodyLayer.MAX_OUTPUT_BYTES + 16_384);
    }

    @Test
    @Tag("limit:WholeBodyPool.MAX_LENT")
    void takesFurtherBodiesAsTheyAre() {
        WholeBodyPool pool = new WholeBodyPool();
        WholeBodyLayer layer = pool.borrow();
        for (int lent = 1; lent < WholeBodyPool.MAX_LENT; lent++) {
            assertThat(pool.borrow()).isNotNull();
        }
        assertThat(pool.borrow()).isNull();
        pool.giveBack(java.util.Objects.requireNonNull(layer));
        assertThat(pool.borrow()).isSameAs(layer);
    }

    /** One stored block and the end, behind a window of 2^22 bytes (RFC 7932, 9.2). */
    private static byte[] stored(int length) {
        int fiveNibbles = 1 << 5;
        int isUncompressed = 1 << 27;
        int header = 0xb | fiveNibbles | (length - 1) << 7 | isUncompressed;
        return ByteBuffer.allocate(STORED_OVERHEAD + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(header)
                .put(STORED_OVERHEAD + length - 1, (byte) 3)
                .array();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static Dialogue get() {
        return Dialogue.tcp(80).client("GET /a HTTP/1.1\r\n\r\n");
    }

    private static Dialogue coded(String coding, byte[] body, int piece) {
        Dialogue dialogue = get().server("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: "
                + body.length + "\r\n\r\n");
        for (int at = 0; at < body.length; at += piece) {
            dialogue.server(Arrays.copyOfRange(body, at, Math.min(body.length, at + piece)));
        }
        return dialogue;
    }

    private static JsonNode only(Dialogue dialogue) {
        List<JsonNode> files = dialogue.close().bodies("fileinfo");
        assertThat(files).hasSize(1);
        return files.get(0);
    }
}
