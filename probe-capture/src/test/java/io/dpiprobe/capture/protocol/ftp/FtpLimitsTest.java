// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than clients and servers send. */
class FtpLimitsTest {
    @Test
    @Tag("limit:FtpDissector.MAX_PENDING")
    void writesTheOldestCommandWithoutItsReply() {
        Dialogue dialogue = greeted();
        for (int i = 0; i < FtpDissector.MAX_PENDING + 5; i++) {
            dialogue.client("CWD /" + i + "\r\n");
        }

        assertThat(dialogue.bodies("ftp")).hasSize(1 + 5);
        JsonNode oldest = dialogue.bodies("ftp").get(1);
        assertThat(oldest.path("command_data").asText()).isEqualTo("/0");
        assertThat(oldest.path("reply_received").asText()).isEqualTo("no");
    }

    @Test
    @Tag("limit:FtpTransaction.MAX_REPLY_LINES")
    void keepsSoManyLinesOfAReply() {
        JsonNode reply = reply("214-x\r\n", FtpTransaction.MAX_REPLY_LINES + 50);

        assertThat(reply.path("reply")).hasSize(FtpTransaction.MAX_REPLY_LINES);
        assertThat(reply.path("reply_truncated").asBoolean()).isTrue();
    }

    @Test
    @Tag("limit:FtpTransaction.MAX_REPLY_BYTES")
    void keepsSoManyBytesOfAReply() {
        JsonNode reply = reply("214-" + "x".repeat(1000) + "\r\n", 50);
        int bytes = 0;
        for (JsonNode each : reply.path("reply")) {
            bytes += each.asText().length();
        }

        assertThat(bytes).isEqualTo(FtpTransaction.MAX_REPLY_BYTES);
        assertThat(reply.path("reply_truncated").asBoolean()).isTrue();
    }

    private static JsonNode reply(String line, int count) {
        Dialogue dialogue = greeted().client("HELP\r\n");
        for (int i = 0; i < count; i++) {
            dialogue.server(line);
        }
        return dialogue.server("214 end\r\n").close().bodies("ftp").get(1);
    }

    private static Dialogue greeted() {
        return Dialogue.tcp(21).server("220 FTP server ready\r\n");
    }
}
