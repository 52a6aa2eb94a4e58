// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than clients and servers send. */
class ImapLimitsTest {
    @Test
    @Tag("limit:ImapDissector.MAX_LINE_BYTES")
    void passesOverTheRestOfALongLine() {
        Dialogue dialogue = greeted().client("a1 ID " + "x".repeat(40_000));

        assertThat(dialogue.statistics().inspector().shownAgainBytes()).isLessThan(2L * ImapDissector.MAX_LINE_BYTES);
        dialogue.client("\r\na2 STARTTLS\r\n").server("a2 OK go\r\n").close();
        assertThat(dialogue.appProto()).isEqualTo("tls");
        assertThat(imap(dialogue).get(1).at("/probe/truncated").asBoolean()).isTrue();
    }

    @Test
    @Tag("limit:ImapCommands.MAX_PENDING")
    void writesTheOldestCommandWithoutItsCompletion() {
        Dialogue dialogue = greeted();
        for (int i = 0; i < ImapCommands.MAX_PENDING + 5; i++) {
            dialogue.client(i + " DELETE x\r\n");
        }

        assertThat(imap(dialogue)).hasSize(5);
        assertThat(imap(dialogue).get(4).at("/probe/imap/tag").asText()).isEqualTo("4");
        assertThat(imap(dialogue).get(4).at("/probe/imap").has("status")).isFalse();
    }

    @Test
    @Tag("limit:ImapCommands.MAX_GREETING_BYTES")
    void keepsSoMuchOfTheGreeting() {
        Dialogue dialogue = Dialogue.tcp(143)
                .server("* OK [ALERT] " + "x".repeat(400) + "\r\n")
                .client("a LOGOUT\r\n")
                .close();

        assertThat(imap(dialogue).get(0).at("/probe/imap/greeting").asText()).hasSize(ImapCommands.MAX_GREETING_BYTES);
    }

    @Test
    @Tag("limit:ImapCommand.MAX_ARGUMENTS")
    void keepsSoManyArguments() {
        String fields = "\"a\" \"b\" ".repeat(ImapCommand.MAX_ARGUMENTS / 2);
        JsonNode event = imap(greeted()
                        .client("a ID (" + fields + "\"name\" \"Letters\")\r\n")
                        .close())
                .get(0);

        assertThat(event.at("/probe/imap").has("client_name")).isFalse();
        assertThat(event.at("/probe/truncated").asBoolean()).isTrue();
    }

    @Test
    @Tag("limit:ImapCommand.MAX_TEXT_BYTES")
    void keepsSoManyBytesOfArguments() {
        JsonNode event = imap(greeted()
                        .client("a SELECT " + "x".repeat(5000) + "\r\n")
                        .close())
                .get(0);

        assertThat(event.at("/probe/imap/mailbox").asText()).hasSize(ImapCommand.MAX_TEXT_BYTES);
        assertThat(event.at("/probe/truncated").asBoolean()).isTrue();
    }

    @Test
    @Tag("limit:ImapCommand.MAX_LITERAL_BYTES")
    void passesOverLongLiteral() {
        Dialogue dialogue = greeted()
                .client("a SELECT {1000}\r\n" + "x".repeat(1000) + "\r\nb SELECT {512}\r\n" + "x".repeat(512) + "\r\n")
                .close();

        assertThat(imap(dialogue).get(0).at("/probe/imap/mailbox").asText()).isEmpty();
        assertThat(imap(dialogue).get(0).at("/probe/truncated").asBoolean()).isTrue();
        assertThat(imap(dialogue).get(1).at("/probe/imap/mailbox").asText()).hasSize(ImapCommand.MAX_LITERAL_BYTES);
    }

    private static Dialogue greeted() {
        return Dialogue.tcp(143).server("* OK ready\r\n");
    }

    private static List<JsonNode> imap(Dialogue dialogue) {
        return dialogue.events().ofType("imap");
    }
}
