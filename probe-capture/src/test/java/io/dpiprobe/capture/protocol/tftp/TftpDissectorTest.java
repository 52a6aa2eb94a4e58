// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.packet.PacketBytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TftpDissectorTest {
    /** Where the server sends the file from, and the port of {@link Dialogue}'s client. */
    private static final PacketBytes SERVER = PacketBytes.from("10.0.0.2", 3333).to("10.0.0.1", 40_000);

    @Test
    void readsRequest() {
        Dialogue dialogue = Dialogue.udp(69).client("\0\2rfc1350.txt\0octet\0").close();

        assertThat(dialogue.bodies("tftp").get(0))
                .hasToString("{\"packet\":\"write\",\"file\":\"rfc1350.txt\",\"mode\":\"octet\"}");
    }

    @Test
    void followsFileFromAnotherPort() {
        Dialogue dialogue = Dialogue.udp(69).client("\0\1boot.bin\0octet\0blksize\0008\0");
        dialogue.frame(SERVER.udp(bytes("\0\6blksize\0008\0")));
        dialogue.frame(SERVER.udp(bytes("\0\3\0\1" + "12345678")));
        dialogue.frame(SERVER.udp(bytes("\0\3\0\1" + "12345678")));
        dialogue.frame(SERVER.udp(bytes("\0\3\0\2" + "9")));

        JsonNode file = dialogue.close().events().ofType("fileinfo").get(0);
        assertThat(file.at("/fileinfo/filename").asText()).isEqualTo("boot.bin");
        assertThat(file.at("/fileinfo/size").asInt()).isEqualTo(9);
        assertThat(file.at("/fileinfo/state").asText()).isEqualTo("CLOSED");
        assertThat(file.path("parent_id").asLong())
                .isEqualTo(
                        dialogue.events().ofType("tftp").get(0).path("flow_id").asLong());
    }

    /** RFC 2347 and 7440: the client sends, several blocks at a time, and a window over again if one was lost. */
    @Test
    void followsFileOfClientWithOptions() {
        PacketBytes client = PacketBytes.from("10.0.0.1", 40_000).to("10.0.0.2", 3333);
        Dialogue dialogue = Dialogue.udp(69).client("\0\2up.bin\0octet\0tsize\00020\0BLKSIZE\0008\0windowsize\0002\0");
        dialogue.frame(SERVER.udp(bytes("\0\6tsize\00020\0BLKSIZE\0008\0windowsize\0002\0")));
        dialogue.frame(client.udp(bytes("\0\3\0\2" + "bbbbbbbb")));
        dialogue.frame(SERVER.udp(bytes("\0\4\0\0")));
        dialogue.frame(client.udp(bytes("\0\3\0\1" + "aaaaaaaa")));
        dialogue.frame(client.udp(bytes("\0\3\0\2" + "bbbbbbbb")));
        dialogue.frame(SERVER.udp(bytes("\0\4\0\2")));
        dialogue.frame(client.udp(bytes("\0\3\0\3" + "cccc")));

        JsonNode file = dialogue.close().events().ofType("fileinfo").get(0);
        assertThat(file.at("/fileinfo/size").asInt()).isEqualTo(20);
        assertThat(file.at("/fileinfo/state").asText()).isEqualTo("CLOSED");
        assertThat(file.at("/tftp/packet").asText()).isEqualTo("write");
        assertThat(file.path("src_ip").asText()).as("who sends it").isEqualTo("10.0.0.1");
    }

    @Test
    void keepsToTheUsualBlocksIfTheServerAcknowledgesNoOthers() {
        Dialogue dialogue = Dialogue.udp(69).client("\0\1boot.bin\0octet\0blksize\0001428\0");
        dialogue.frame(SERVER.udp(bytes("\0\3\0\1" + "x".repeat(512))));
        dialogue.frame(SERVER.udp(bytes("\0\3\0\2")));

        JsonNode file = dialogue.close().bodies("fileinfo").get(0);
        assertThat(file.path("size").asInt()).isEqualTo(512);
        assertThat(file.path("state").asText()).isEqualTo("CLOSED");
    }

    @Test
    void marksFileThatMissesBlocks() {
        Dialogue dialogue = Dialogue.udp(69).client("\0\1boot.bin\0octet\0");
        dialogue.frame(SERVER.udp(bytes("\0\3\0\1" + "x".repeat(512))));
        dialogue.frame(SERVER.udp(bytes("\0\3\0\3" + "y")));

        JsonNode file = dialogue.close().bodies("fileinfo").get(0);
        assertThat(file.path("state").asText()).isEqualTo("TRUNCATED");
    }

    @Test
    void refusesRequestWithoutName() {
        assertThat(Dialogue.udp(69).client("\0\1\0octet\0").close().bodies("tftp"))
                .isEmpty();
    }

    @Test
    void refusesEveryPrefix() {
        String request = "\0\1f\0m\0";
        for (int length = 1; length < request.length(); length++) {
            assertThat(Dialogue.udp(69)
                            .client(request.substring(0, length))
                            .close()
                            .bodies("tftp"))
                    .isEmpty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    @Tag("limit:TftpDissector.MAX_BLOCK_BYTES")
    void doesNotBelieveLargerBlocks() {
        assertThat(stateWithBlocksOf("65464")).as("one short block is the last").isEqualTo("CLOSED");
        assertThat(stateWithBlocksOf("65465")).as("blocks have 512 bytes").isEqualTo("TRUNCATED");
    }

    private static String stateWithBlocksOf(String size) {
        Dialogue dialogue = Dialogue.udp(69).client("\0\1boot.bin\0octet\0blksize\0" + size + "\0");
        dialogue.frame(SERVER.udp(bytes("\0\6blksize\0" + size + "\0")));
        dialogue.frame(SERVER.udp(bytes("\0\3\0\1" + "x".repeat(1000))));
        return dialogue.close().bodies("fileinfo").get(0).path("state").asText();
    }
}
