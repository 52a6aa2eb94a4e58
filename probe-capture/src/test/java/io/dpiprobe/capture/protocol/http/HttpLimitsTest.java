// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.protocol.InflaterPool;
import io.dpiprobe.capture.protocol.file.FileTracker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than an exchange has. */
class HttpLimitsTest {
    @Test
    @Tag("limit:TransactionQueue.MAX_OPEN")
    void refusesMoreRequestsAhead() {
        Dialogue dialogue = Dialogue.tcp(80);
        for (int i = 0; i < TransactionQueue.MAX_OPEN; i++) {
            dialogue.client("GET /" + i + " HTTP/1.1\r\n\r\n");
        }
        assertThat(dialogue.statistics().inspector().invalid()).isZero();

        dialogue.client("GET /more HTTP/1.1\r\n\r\n");

        assertThat(dialogue.statistics().inspector().invalid()).isEqualTo(1);
        assertThat(dialogue.close().bodies("http")).hasSize(TransactionQueue.MAX_OPEN);
    }

    @Test
    @Tag("limit:Upgrades.MAX_UPGRADES")
    void forgetsTheOldestUpgrade() {
        Upgrades upgrades = new Upgrades();
        for (int flow = 0; flow <= Upgrades.MAX_UPGRADES; flow++) {
            upgrades.put(flow, new Transaction());
        }
        assertThat(upgrades.take(0)).isNull();
        assertThat(upgrades.take(1)).isNotNull();
        assertThat(upgrades.take(1)).as("taken once").isNull();
        assertThat(upgrades.take(Upgrades.MAX_UPGRADES)).isNotNull();
    }

    @Test
    @Tag("limit:FieldStore.MAX_VALUE_BYTES")
    void cutsALongValueAndSaysSo() {
        JsonNode event = exchange("User-Agent: " + "u".repeat(FieldStore.MAX_VALUE_BYTES + 1000) + "\r\n");

        assertThat(event.at("/http/http_user_agent").asText().length()).isBetween(8000, FieldStore.MAX_VALUE_BYTES);
        assertThat(event.at("/probe/truncated").asBoolean()).isTrue();
    }

    @Test
    @Tag("limit:FieldStore.MAX_BYTES")
    void leavesOutWhatComesBehindTheFirstLongValues() {
        String value = "v".repeat(8000);
        JsonNode event = exchange("Referer: " + value + "\r\nUser-Agent: " + value + "\r\nHost: " + value
                + "\r\nX-Forwarded-For: " + value + "\r\n");
        int bytes = 0;
        for (JsonNode each : event.path("http")) {
            bytes += each.asText().length();
        }

        assertThat(bytes).isBetween(16_000, FieldStore.MAX_BYTES);
        assertThat(event.at("/probe/truncated").asBoolean()).isTrue();
    }

    private static JsonNode exchange(String headers) {
        return Dialogue.tcp(80)
                .client("GET / HTTP/1.1\r\n" + headers + "\r\n")
                .server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .close()
                .events()
                .ofType("http")
                .get(0);
    }

    @Test
    @Tag("limit:Multipart.MAX_BOUNDARY_BYTES")
    void takesAFormWithALongerBoundaryForOneFile() {
        assertThat(form("b".repeat(200), ""))
                .extracting(each -> each.path("filename").asText())
                .containsExactly("f");
        assertThat(form("b".repeat(201), ""))
                .extracting(each -> each.path("filename").asText())
                .containsExactly("/");
    }

    @Test
    @Tag("limit:Multipart.MAX_LINE_BYTES")
    void cutsHeaderLinesOfAPart() {
        assertThat(form("b", "x=" + "x".repeat(1900) + "; "))
                .extracting(each -> each.path("filename").asText())
                .containsExactly("f");
        assertThat(form("b", "x=" + "x".repeat(3000) + "; ")).isEmpty();
    }

    private static List<JsonNode> form(String boundary, String parameters) {
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; " + parameters
                + "filename=f\r\n\r\nhello\r\n--" + boundary + "--\r\n";
        return Dialogue.tcp(80)
                .client("POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=" + boundary
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n")
                .client(body)
                .server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .close()
                .bodies("fileinfo");
    }

    @Test
    @Tag("limit:InflaterPool.MAX_LAYERS")
    void undoesSoManyCodingsUponEachOther() {
        byte[] body = "hello".repeat(100).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int layers = 1; layers <= InflaterPool.MAX_LAYERS + 1; layers++) {
            body = gzip(body);
            long size = sizeOf("gzip, ".repeat(layers - 1) + "gzip", body);
            assertThat(size == 500).as("%d layers", layers).isEqualTo(layers <= InflaterPool.MAX_LAYERS);
        }
    }

    private static long sizeOf(String coding, byte[] body) {
        return Dialogue.tcp(80)
                .client("GET /a HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .server(body)
                .close()
                .bodies("fileinfo")
                .get(0)
                .path("size")
                .asLong();
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(out)) {
            stream.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Test
    @Tag("limit:FileTracker.MAX_NAME_BYTES")
    void cutsTheNameOfAFile() {
        String path = "/" + "p".repeat(6000);
        JsonNode file = Dialogue.tcp(80)
                .client("GET " + path + " HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
                .close()
                .bodies("fileinfo")
                .get(0);

        assertThat(file.path("filename").asText()).hasSize(FileTracker.MAX_NAME_BYTES);
    }
}
