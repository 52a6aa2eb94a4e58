// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpDissectorTest {
    private static final String GREETING = "220 mx.example ESMTP ready\r\n";
    private static final String OK = "250 OK\r\n";
    private static final String GO = "354 Go\r\n";
    private static final String MESSAGE = String.join(
            "\r\n",
            "From: Ann <ann@example.org>",
            "To: \"Bob, B.\" <bob@example.net>,",
            " carol@example.net",
            "Subject: =?utf-8?Q?caf=C3=A9?=",
            "",
            "See http://example.com/a?b ",
            "");

    @Test
    void readsEnvelopeAndMessage() {
        Dialogue dialogue = envelope(Dialogue.tcp(2525).server(GREETING))
                .client("DATA\r\n")
                .server(GO)
                .client(MESSAGE + ".\r\n")
                .server(OK)
                .client("QUIT\r\n")
                .server("221 Bye\r\n")
                .close();

        List<JsonNode> events = dialogue.events().ofType("smtp");
        assertThat(events).hasSize(1);
        assertThat(events.get(0).path("tx_id").asInt()).isZero();
        assertThat(events.get(0).path("smtp"))
                .hasToString("{\"helo\":\"client.example\",\"mail_from\":\"<ann@example.org>\","
                        + "\"rcpt_to\":[\"<bob@example.net>\"]}");
        assertThat(events.get(0).path("email"))
                .hasToString("{\"from\":\"Ann <ann@example.org>\","
                        + "\"to\":[\"\\\"Bob, B.\\\" <bob@example.net>\",\"carol@example.net\"],"
                        + "\"subject\":\"café\",\"status\":\"PARSE_DONE\",\"url\":[\"example.com/a?b\"]}");
        assertThat(dialogue.appProto()).isEqualTo("smtp");
    }

    @Test
    void readsConversationThatComesByteByByte() {
        Dialogue dialogue = Dialogue.tcp(25).serverByteByByte(bytes(GREETING));
        dialogue.clientByteByByte(bytes("HELO a\r\n")).serverByteByByte(bytes(OK));
        dialogue.clientByteByByte(bytes("MAIL FROM:<>\r\nDATA\r\n")).serverByteByByte(bytes(OK + GO));
        dialogue.clientByteByByte(bytes("From: x\r\n\r\n.\r\n")).serverByteByByte(bytes(OK));

        JsonNode event = dialogue.close().events().ofType("smtp").get(0);
        assertThat(event.at("/smtp/mail_from").asText()).isEqualTo("<>");
        assertThat(event.at("/email/from").asText()).isEqualTo("x");
    }

    @Test
    void keepsPipelinedTransactionsApart() {
        Dialogue dialogue = envelope(Dialogue.tcp(25).server(GREETING))
                .client("DATA\r\n")
                .server(GO)
                .client("From: one\r\n\r\n1\r\n.\r\nRSET\r\nMAIL FROM:<two@x>\r\nRCPT TO:<b@x>\r\nDATA\r\n")
                .server(OK + OK + OK + OK + GO)
                .client("From: two\r\n\r\n2\r\n.\r\n")
                .server(OK)
                .close();

        List<JsonNode> events = dialogue.events().ofType("smtp");
        assertThat(events).hasSize(2);
        assertThat(events.get(0).at("/email/from").asText()).isEqualTo("one");
        assertThat(events.get(1).at("/smtp/mail_from").asText()).isEqualTo("<two@x>");
        assertThat(events.get(1).at("/email/from").asText()).isEqualTo("two");
    }

    @Test
    void resetEndsTransaction() {
        Dialogue dialogue = envelope(Dialogue.tcp(25).server(GREETING))
                .client("RSET\r\n")
                .server(OK)
                .client("MAIL FROM:<two@x>\r\n")
                .server(OK)
                .close();

        List<JsonNode> smtp = dialogue.bodies("smtp");
        assertThat(smtp).hasSize(2);
        assertThat(smtp.get(1)).hasToString("{\"helo\":\"client.example\",\"mail_from\":\"<two@x>\"}");
    }

    @Test
    void takesLinesBehindRefusedDataForCommands() {
        Dialogue dialogue = Dialogue.tcp(25)
                .server(GREETING)
                .client("EHLO a\r\n")
                .server(OK)
                .client("DATA\r\n")
                .server("503 Need RCPT\r\n")
                .client("EHLO a\r\nMAIL FROM:<x@y>\r\n")
                .server(OK + OK)
                .close();

        assertThat(dialogue.bodies("smtp").get(1).path("mail_from").asText()).isEqualTo("<x@y>");
    }

    @Test
    void readsMessageInChunks() {
        String head = "From: ann\r\nContent-Disposition: attachment; filename=a.bin\r\n\r\n";
        Dialogue dialogue = envelope(Dialogue.tcp(25).server(GREETING))
                .client("BDAT " + head.length() + "\r\n" + head)
                .server(OK)
                .client("BDAT 5 LAST\r\nhelloMAIL FROM:<b@x>\r\n")
                .server(OK)
                .close();

        JsonNode file = dialogue.events().ofType("fileinfo").get(0);
        assertThat(file.at("/fileinfo/filename").asText()).isEqualTo("a.bin");
        assertThat(file.at("/fileinfo/md5").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(file.at("/email/attachment/0").asText()).isEqualTo("a.bin");
        assertThat(dialogue.bodies("smtp").get(1).path("mail_from").asText()).isEqualTo("<b@x>");
    }

    @Test
    void undoesDotStuffing() {
        Dialogue dialogue = envelope(Dialogue.tcp(25).server(GREETING))
                .client("DATA\r\n")
                .server(GO)
                .client("Content-Disposition: attachment; filename=dots\r\n\r\n..\r\n.\r\n")
                .server(OK)
                .close();

        assertThat(dialogue.bodies("fileinfo").get(0).path("size").asInt()).isEqualTo(1);
    }

    @Test
    void handsOverToTls() {
        Dialogue dialogue = Dialogue.tcp(25)
                .server(GREETING)
                .client("EHLO a\r\n")
                .server("250-mx\r\n250 STARTTLS\r\n")
                .client("STARTTLS\r\n")
                .server("220 Go\r\n")
                .close();

        JsonNode flow = dialogue.events().ofType("flow").get(0);
        assertThat(flow.path("app_proto").asText()).isEqualTo("tls");
        assertThat(dialogue.bodies("smtp").get(0)).hasToString("{\"helo\":\"a\"}");
    }

    @Test
    void keepsCredentialsOnTheWire() {
        Dialogue dialogue = Dialogue.tcp(25)
                .server(GREETING)
                .client("EHLO a\r\n")
                .server(OK)
                .client("AUTH LOGIN\r\n")
                .server("334 VXNlcm5hbWU6\r\n")
                .client("MAIL FROM:<secret>\r\n")
                .server("334 UGFzc3dvcmQ6\r\n")
                .client("c2VjcmV0\r\n")
                .server("235 In\r\n")
                .close();

        assertThat(dialogue.events().lines()).noneMatch(each -> each.contains("secret") || each.contains("c2Vj"));
    }

    @Test
    void marksFileOfMessageThatIsCutShort() {
        Dialogue dialogue = envelope(Dialogue.tcp(25).server(GREETING))
                .client("DATA\r\n")
                .server(GO)
                .client("Content-Disposition: attachment; filename=a\r\n\r\nhello\r\n")
                .close();

        assertThat(dialogue.bodies("fileinfo").get(0).path("state").asText()).isEqualTo("TRUNCATED");
    }

    @Test
    void findsItsPlaceAgainAfterLosingTheEndOfMessage() {
        Dialogue dialogue = envelope(Dialogue.tcp(25).server(GREETING))
                .client("DATA\r\n")
                .server(GO)
                .client("From: one\r\n\r\n1\r\n")
                .clientLoses(5)
                .server(OK)
                .client("MAIL FROM:<two@x>\r\n")
                .server(OK)
                .close();

        assertThat(dialogue.bodies("smtp").get(1).path("mail_from").asText()).isEqualTo("<two@x>");
    }

    @Test
    void saysWhatBreaksTheRules() {
        Dialogue dialogue = Dialogue.tcp(25)
                .server(GREETING)
                .client("EHLO a\r\n")
                .server("572 What\r\n")
                .client("EHLO b\r\nDATA\r\n")
                .server(OK + "503 No\r\n")
                .close();

        assertThat(dialogue.bodies("anomaly").stream()
                        .map(each -> each.path("event").asText()))
                .containsExactly("INVALID_REPLY", "DUPLICATE_FIELDS", "DATA_COMMAND_REJECTED");
    }

    private static Dialogue envelope(Dialogue dialogue) {
        return dialogue.client("EHLO client.example\r\n")
                .server("250-mx.example\r\n250 PIPELINING\r\n")
                .client("MAIL FROM:<ann@example.org> SIZE=100\r\n")
                .server(OK)
                .client("RCPT TO: <bob@example.net>\r\n")
                .server(OK);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
