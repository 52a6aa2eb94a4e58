// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than a mail has. */
class SmtpLimitsTest {
    private static final String OK = "250 OK\r\n";

    @Test
    @Tag("limit:SmtpTransaction.MAX_PATH_BYTES")
    void cutsLongAddresses() {
        String path = "<" + "a".repeat(1000) + "@b>";
        JsonNode smtp = greeted()
                .client("MAIL FROM:" + path + "\r\n")
                .server(OK)
                .close()
                .bodies("smtp")
                .get(0);

        assertThat(smtp.path("mail_from").asText()).hasSize(SmtpTransaction.MAX_PATH_BYTES);
    }

    @Test
    @Tag("limit:SmtpTransaction.MAX_RECIPIENTS")
    void keepsSoManyRecipients() {
        JsonNode smtp = recipients("<a@b>", SmtpTransaction.MAX_RECIPIENTS + 50);

        assertThat(smtp.path("rcpt_to")).hasSize(SmtpTransaction.MAX_RECIPIENTS);
    }

    @Test
    @Tag("limit:SmtpTransaction.MAX_RECIPIENT_BYTES")
    void keepsSoManyBytesOfRecipients() {
        int bytes = 0;
        for (JsonNode each : recipients("<" + "a".repeat(1000) + "@b>", 50).path("rcpt_to")) {
            bytes += each.asText().length();
        }

        assertThat(bytes).isEqualTo(16 * 1024);
    }

    private static JsonNode recipients(String path, int count) {
        Dialogue dialogue = greeted().client("MAIL FROM:<a@b>\r\n").server(OK);
        for (int i = 0; i < count; i++) {
            dialogue.client("RCPT TO:" + path + "\r\n").server(OK);
        }
        return dialogue.close().bodies("smtp").get(0);
    }

    @Test
    @Tag("limit:SmtpDissector.MAX_LINE_BYTES")
    void passesOverTheRestOfALongCommand() {
        String verb = "NOOP ";
        Dialogue dialogue = greeted().client(verb + "x".repeat(5 * SmtpDissector.MAX_LINE_BYTES));
        JsonNode smtp = dialogue.client("\r\nMAIL FROM:<a@b>\r\n")
                .server(OK + OK)
                .close()
                .bodies("smtp")
                .get(0);

        assertThat(dialogue.statistics().inspector().shownAgainBytes())
                .as("nothing is waited for")
                .isLessThan(5L * SmtpDissector.MAX_LINE_BYTES);
        assertThat(smtp.path("mail_from").asText()).isEqualTo("<a@b>");
    }

    /** The reply to the oldest is taken for that of the next: what counts is that mails go on. */
    @Test
    @Tag("limit:PendingReplies.CAPACITY")
    void forgetsTheOldestCommand() {
        PendingReplies pending = new PendingReplies();
        pending.add(SmtpCommand.MAIL, true);
        for (int i = 0; i < PendingReplies.CAPACITY; i++) {
            pending.add(SmtpCommand.RCPT, false);
        }

        assertThat(pending.first()).isEqualTo(SmtpCommand.RCPT);
        assertThat(pending.firstCompletes()).isFalse();
        for (int i = 0; i < PendingReplies.CAPACITY; i++) {
            assertThat(pending.isEmpty()).isFalse();
            pending.removeFirst();
        }
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    @Tag("limit:SmtpDissector.MAX_AWAITING")
    void writesTheOldestMailWithoutItsReply() {
        Dialogue dialogue = greeted();
        for (int i = 0; i < SmtpDissector.MAX_AWAITING + 5; i++) {
            dialogue.client("MAIL FROM:<a" + i + "@b>\r\nRSET\r\n");
        }

        assertThat(dialogue.bodies("smtp")).hasSize(5);
        assertThat(dialogue.bodies("smtp").get(0).path("mail_from").asText()).isEqualTo("<a0@b>");
    }

    @Test
    @Tag("limit:MessageBody.MAX_LINE_BYTES")
    void readsALongLineInPieces() {
        String line = "x".repeat(10 * MessageBody.MAX_LINE_BYTES);
        Dialogue dialogue = greeted().client("MAIL FROM:<a@b>\r\nDATA\r\n").server(OK + "354 Go\r\n");
        dialogue.client("Content-Disposition: attachment; filename=a\r\n\r\n" + line);

        assertThat(dialogue.statistics().inspector().shownAgainBytes()).isLessThan(2L * MessageBody.MAX_LINE_BYTES);
        JsonNode file = dialogue.client("\r\n.\r\n")
                .server(OK)
                .close()
                .bodies("fileinfo")
                .get(0);
        assertThat(file.path("size").asInt()).isEqualTo(line.length());
    }

    private static Dialogue greeted() {
        return Dialogue.tcp(25).server("220 mx ESMTP\r\n").client("EHLO a\r\n").server(OK);
    }
}
