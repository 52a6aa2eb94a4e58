// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than a {@link MailMessage} keeps. */
class MimeLimitsTest {
    @Test
    @Tag("limit:MailMessage.MAX_VALUE_BYTES")
    void cutsLongValues() {
        JsonNode email = email("Subject: " + "s".repeat(MailMessage.MAX_VALUE_BYTES + 500), "");

        assertThat(email.path("subject").asText()).hasSize(MailMessage.MAX_VALUE_BYTES);
    }

    @Test
    @Tag("limit:MailMessage.MAX_ADDRESSES")
    void keepsSoManyAddresses() {
        JsonNode email = email("To: " + "a@b,".repeat(MailMessage.MAX_ADDRESSES + 20), "");

        assertThat(email.path("to")).hasSize(MailMessage.MAX_ADDRESSES);
    }

    @Test
    @Tag("limit:MailMessage.MAX_LIST_BYTES")
    void keepsSoManyBytesOfLinks() {
        String link = "http://example.org/" + "x".repeat(1000) + " ";
        JsonNode email = email("Subject: x", "", link.repeat(20));
        int bytes = 0;
        for (JsonNode each : email.path("url")) {
            bytes += each.asText().length();
        }

        assertThat(bytes).isEqualTo(MailMessage.MAX_LIST_BYTES);
    }

    @Test
    @Tag("limit:MailMessage.MAX_URLS")
    void keepsSoManyLinks() {
        JsonNode email = email("Subject: x", "", "http://a.example ".repeat(MailMessage.MAX_URLS + 20));

        assertThat(email.path("url")).hasSize(MailMessage.MAX_URLS);
    }

    @Test
    @Tag("limit:UrlScanner.MAX_URL_BYTES")
    void cutsLongLinks() {
        JsonNode email = email("Subject: x", "", "http://" + "a".repeat(UrlScanner.MAX_URL_BYTES + 500));

        assertThat(email.path("url").path(0).asText()).hasSize(UrlScanner.MAX_URL_BYTES);
    }

    @Test
    @Tag("limit:MailMessage.MAX_ATTACHMENTS")
    void namesSoManyAttachments() {
        StringBuilder parts = new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        for (int i = 0; i < MailMessage.MAX_ATTACHMENTS + 10; i++) {
            parts.append("--b\r\nContent-Disposition: attachment; filename=f")
                    .append(i)
                    .append("\r\n\r\nx\r\n");
        }
        Dialogue mail = mail(parts.append("--b--").toString());

        assertThat(mail.events().ofType("smtp").get(0).at("/email/attachment")).hasSize(MailMessage.MAX_ATTACHMENTS);
        assertThat(mail.bodies("fileinfo")).as("each is a file").hasSize(MailMessage.MAX_ATTACHMENTS + 10);
    }

    @Test
    @Tag("limit:HeaderBuffer.MAX_FIELD_BYTES")
    void cutsFieldsThatGoOn() {
        String continued = "Cc: a@b,\r\n" + " c@d,\r\n".repeat(10) + (" " + "x".repeat(900) + "\r\n").repeat(12);
        JsonNode email = email(continued + " last@example.org", "");

        assertThat(email.path("cc").path(0).asText()).isEqualTo("a@b");
        assertThat(email.path("cc").toString()).doesNotContain("last@example.org");
    }

    @Test
    @Tag("limit:Boundaries.MAX_LENGTH")
    void comparesBoundariesUpToALimitAndSaysSo() {
        String boundary = "b".repeat(Boundaries.MAX_LENGTH + 40);
        Dialogue mail = mail("Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n");

        assertThat(mail.bodies("anomaly"))
                .extracting(each -> each.path("event").asText())
                .contains("MIME_LONG_BOUNDARY");
    }

    @Test
    @Tag("limit:MimeReader.MAX_MESSAGES")
    void opensSoManyMessagesInsideMessages() {
        String message = "Content-Type: message/rfc822\r\n\r\n";
        String file = "Content-Disposition: attachment; filename=deep\r\n\r\nx";

        assertThat(mail(message.repeat(MimeReader.MAX_MESSAGES - 1) + file).bodies("fileinfo"))
                .hasSize(1);
        assertThat(mail(message.repeat(MimeReader.MAX_MESSAGES) + file).bodies("fileinfo"))
                .isEmpty();
    }

    private static JsonNode email(String... lines) {
        return mail(String.join("\r\n", lines)).events().ofType("smtp").get(0).path("email");
    }

    private static Dialogue mail(String text) {
        Dialogue dialogue = Dialogue.tcp(25).server("220 mx SMTP\r\n").client("HELO a\r\n");
        dialogue.server("250 OK\r\n").client("DATA\r\n").server("354 Go\r\n");
        return dialogue.client(text + "\r\n.\r\n").server("250 OK\r\n").close();
    }
}
