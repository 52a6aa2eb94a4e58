// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.protocol.Cursor;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than a connection has. */
class Http2LimitsTest {
    /** GET, http, /. */
    private static final String REQUEST = "82 86 84";

    private static final int HEADERS_ONLY = Frame.END_HEADERS | Frame.END_STREAM;

    @Test
    @Tag("limit:StreamTable.MAX_OPEN")
    void writesTheOldestStreamWithoutItsResponse() {
        Dialogue dialogue = Dialogue.tcp(8080).client(FrameBytes.preface().bytes());
        for (int i = 0; i < StreamTable.MAX_OPEN + 5; i++) {
            dialogue.client(new FrameBytes()
                    .frame(Frame.HEADERS, HEADERS_ONLY, 2 * i + 1, REQUEST)
                    .bytes());
        }

        assertThat(dialogue.bodies("http")).hasSize(5);
        assertThat(dialogue.bodies("http").get(0).has("status")).isFalse();
    }

    @Test
    @Tag("limit:HeaderList.MAX_FIELDS")
    void keepsSoManyFields() {
        HeaderList list = read(HexFormat.of().parseHex("82".repeat(HeaderList.MAX_FIELDS + 100)));

        assertThat(list.count()).isEqualTo(HeaderList.MAX_FIELDS);
    }

    @Test
    @Tag("limit:HeaderList.MAX_BYTES")
    void keepsSoManyBytesOfFields() {
        String field = "000161" + "7f3e" + "61".repeat(127 + 62); // a, and 189 bytes
        HeaderList list = read(HexFormat.of().parseHex(field.repeat(250)));

        assertThat(list.count()).isEqualTo(HeaderList.MAX_BYTES / 190);
    }

    @Test
    @Tag("limit:HeaderDecoder.MAX_STRING_BYTES")
    void refusesLongerStrings() {
        assertThat(fails("00" + "0161" + length(HeaderDecoder.MAX_STRING_BYTES), HeaderDecoder.MAX_STRING_BYTES))
                .isFalse();
        assertThat(fails(
                        "00" + "0161" + length(HeaderDecoder.MAX_STRING_BYTES + 1), HeaderDecoder.MAX_STRING_BYTES + 1))
                .isTrue();
    }

    @Test
    @Tag("limit:DynamicTable.MAX_SIZE")
    void refusesALargerTable() {
        assertThat(fails("3f" + integer(DynamicTable.MAX_SIZE - 31), 0)).isFalse();
        assertThat(fails("3f" + integer(DynamicTable.MAX_SIZE - 30), 0)).isTrue();
    }

    @Test
    @Tag("limit:HeaderBlock.MAX_BYTES")
    void givesUpABlockThatGoesOnAndOn() {
        Dialogue dialogue = Dialogue.tcp(8080)
                .client(FrameBytes.preface().frame(Frame.HEADERS, 0, 1, REQUEST).bytes());
        byte[] more = new FrameBytes()
                .frame(Frame.CONTINUATION, 0, 1, "82".repeat(16_000))
                .bytes();
        for (int i = 0; i < 4; i++) {
            dialogue.client(more);
        }
        assertThat(dialogue.statistics().inspector().invalid()).isZero();

        dialogue.client(more);

        assertThat(dialogue.statistics().inspector().invalid()).isEqualTo(1);
        assertThat(dialogue.close().bodies("http")).extracting(JsonNode::size).hasSizeLessThanOrEqualTo(1);
    }

    private static String length(int length) {
        return "7f" + integer(length - 127);
    }

    /** What follows a prefix of ones (RFC 7541, 5.1). */
    private static String integer(int rest) {
        StringBuilder text = new StringBuilder();
        int value = rest;
        while (value >= 128) {
            text.append("%02x".formatted((value & 0x7f) | 0x80));
            value >>= 7;
        }
        return text.append("%02x".formatted(value)).toString();
    }

    private static boolean fails(String hex, int padding) {
        byte[] block = (hexText(hex) + "a".repeat(padding)).getBytes(StandardCharsets.ISO_8859_1);
        Cursor in = new Cursor().wrap(new UnsafeBuffer(block), 0, block.length);
        new HeaderDecoder().read(in, new HeaderList());
        return in.failed();
    }

    private static String hexText(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private static HeaderList read(byte[] block) {
        HeaderList list = new HeaderList();
        Cursor in = new Cursor().wrap(new UnsafeBuffer(block), 0, block.length);
        new HeaderDecoder().read(in, list);
        assertThat(in.failed()).isFalse();
        return list;
    }
}
