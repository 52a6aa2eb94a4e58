// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WebsocketDissectorTest {
    private static final byte[] TEXT = HexFormat.ofDelimiter(" ")
            .parseHex(
                    "81 " // FIN, text
                            + "85 " // masked, 5 bytes
                            + "00 00 00 2a " // masking key
                            + "68 65 6c 6c 45"); // payload, masked
    private static final byte[] CLOSE = HexFormat.ofDelimiter(" ").parseHex("88 02 03 e8"); // FIN, close, 1000

    @Test
    void readsFramesOfBothSides() {
        Dialogue dialogue = upgraded().client(TEXT).server(CLOSE).close();

        List<JsonNode> frames = dialogue.bodies("websocket");
        assertThat(frames.get(0)).hasToString("{\"fin\":true,\"mask\":42,\"opcode\":\"text\"}");
        assertThat(frames.get(1)).hasToString("{\"fin\":true,\"opcode\":\"connection_close\"}");
        JsonNode flow = dialogue.events().ofType("flow").get(0);
        assertThat(flow.path("app_proto").asText()).isEqualTo("websocket");
        assertThat(flow.path("app_proto_orig").asText()).isEqualTo("http");
    }

    @Test
    void readsLongFramesPieceByPiece() {
        Dialogue dialogue =
                upgraded().server(new byte[] {0x02, 126, 0x10, 0x00}).server(new byte[0x0fff]);
        assertThat(dialogue.bodies("websocket")).isEmpty();

        dialogue = dialogue.server(new byte[1]).server(CLOSE).close();
        assertThat(dialogue.bodies("websocket")).hasSize(2);
        assertThat(dialogue.bodies("websocket").get(0)).hasToString("{\"fin\":false,\"opcode\":\"binary\"}");
    }

    @Test
    void goesOnBehindGapInPayload() {
        Dialogue dialogue = upgraded()
                .server(new byte[] {(byte) 0x82, 10, 0, 0})
                .serverLoses(5)
                .server(new byte[3])
                .server(CLOSE);

        assertThat(dialogue.close().bodies("websocket")).hasSize(2);
    }

    @Test
    @Tag("limit:Frame.MAX_CONTROL_BYTES")
    void refusesLongControlFrame() {
        assertThat(upgraded()
                        .server(new byte[] {(byte) 0x89, 126, 0, 1, 0})
                        .server(CLOSE)
                        .close()
                        .bodies("websocket"))
                .isEmpty();
    }

    @Test
    void refusesNegativeLength() {
        byte[] frame = HexFormat.of().parseHex("827f8000000000000000");

        assertThat(upgraded().server(frame).server(CLOSE).close().bodies("websocket"))
                .isEmpty();
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        for (int length = 0; length < TEXT.length; length++) {
            Dialogue dialogue = upgraded().client(Arrays.copyOf(TEXT, length));

            assertThat(dialogue.close().bodies("websocket")).isEmpty();
        }
        assertThat(upgraded().clientByteByByte(TEXT).close().bodies("websocket"))
                .hasSize(1);
    }

    static Dialogue upgraded() {
        String fields = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
        return Dialogue.tcp(80)
                .client("GET /chat HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n")
                .server("HTTP/1.1 101 Switching Protocols\r\n" + fields + "\r\n");
    }
}
