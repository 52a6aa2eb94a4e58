// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sends messages through SMTP, which is how they come. */
class MimeReaderTest {
    @Test
    void readsNamedPartsAsFiles() {
        Dialogue mail = mail(
                "Content-Type: multipart/mixed; boundary=\"out er\"",
                "",
                "preamble",
                "--out er",
                "",
                "text",
                "--out er",
                "Content-Type: application/x-a; name=a.bin",
                "Content-Transfer-Encoding: base64",
                "",
                "aGVs",
                "bG8=",
                "--out er",
                "Content-Disposition: attachment; filename=b.txt",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                "h=65ll=",
                "o  ",
                "--out er--",
                "epilogue");

        List<JsonNode> files = mail.bodies("fileinfo");
        assertThat(files).hasSize(2);
        for (JsonNode each : files) {
            assertThat(each.path("md5").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
            assertThat(each.path("state").asText()).isEqualTo("CLOSED");
        }
        assertThat(email(mail).path("attachment")).hasToString("[\"a.bin\",\"b.txt\"]");
    }

    @Test
    void readsMultipartsInsideEachOther() {
        Dialogue mail = mail(
                "Content-Type: multipart/mixed; boundary=a",
                "",
                "--a",
                "Content-Type: multipart/related; boundary=b",
                "",
                "--b",
                "Content-Disposition: attachment; filename=in",
                "",
                "hello",
                "--a",
                "Content-Disposition: attachment; filename=out",
                "",
                "--b",
                "--a--");

        List<JsonNode> files = mail.bodies("fileinfo");
        assertThat(files.get(0).path("size").asInt()).isEqualTo(5);
        assertThat(files.get(1).path("filename").asText()).isEqualTo("out");
        assertThat(files.get(1).path("size").asInt()).isEqualTo(3); // a boundary of a part that is over is text
    }

    @Test
    void readsMessageInsideMessageWhateverItsEncodingSays() {
        Dialogue mail = mail(
                "From: outer",
                "Content-Type: message/rfc822",
                "Content-Transfer-Encoding: base64",
                "",
                "From: inner",
                "Content-Disposition: attachment; filename=evil.exe",
                "",
                "hello");

        assertThat(email(mail).path("from").asText()).isEqualTo("outer");
        assertThat(mail.bodies("fileinfo").get(0).path("filename").asText()).isEqualTo("evil.exe");
    }

    @Test
    @Tag("limit:MimeReader.MAX_NAME_BYTES")
    void readsNamesHoweverWritten() {
        assertThat(nameOf("attachment; filename*=utf-8''caf%C3%A9.txt")).isEqualTo("café.txt");
        assertThat(nameOf("attachment; filename*0=\"long \"; filename*1=name.txt"))
                .isEqualTo("long name.txt");
        assertThat(nameOf("attachment; filename=\"=?iso-8859-1?Q?caf=E9.txt?=\""))
                .isEqualTo("café.txt");
        assertThat(nameOf("attachment; x=\"a;filename=no\"; filename=\"a\\\"b\""))
                .isEqualTo("a\"b");
        assertThat(nameOf("attachment;\r\n\tfilename=folded")).isEqualTo("folded");
        assertThat(nameOf("attachment; filename=" + "n".repeat(300))).hasSize(MimeReader.MAX_NAME_BYTES);
    }

    @Test
    void joinsEncodedWords() {
        JsonNode email = email(mail("Subject: =?UTF-8?B?w6k=?= =?utf-8?q?_t=C3=A9?= plain =?x?q?kept?=", ""));

        assertThat(email.path("subject").asText()).isEqualTo("é té plain =?x?q?kept?=");
    }

    @Test
    void findsLinksAcrossEncodedLines() {
        Dialogue mail = mail(
                "Content-Transfer-Encoding: quoted-printable",
                "",
                "<a href=3D\"https://exam=",
                "ple.org/x\">HTTP://second.example</a> hhttp:/no");

        assertThat(email(mail).path("url")).hasToString("[\"example.org/x\",\"second.example\"]");
    }

    @Test
    @Tag("limit:Boundaries.MAX_DEPTH")
    void stopsAtTheDeepestMultipart() {
        int levels = Boundaries.MAX_DEPTH + 4;
        String[] lines = new String[3 * levels];
        for (int i = 0; i < levels; i++) {
            lines[3 * i] = "Content-Type: multipart/mixed; boundary=b" + i + "x";
            lines[3 * i + 1] = "";
            lines[3 * i + 2] = "--b" + i + "x";
        }
        lines[3 * levels - 3] = "Content-Disposition: attachment; filename=too-deep";

        assertThat(mail(lines).bodies("fileinfo")).isEmpty();
    }

    @Test
    void keepsLongLinesWhole() {
        Dialogue mail = mail("Content-Disposition: attachment; filename=a", "", "x".repeat(10_000));

        assertThat(mail.bodies("fileinfo").get(0).path("size").asInt()).isEqualTo(10_000);
    }

    @Test
    void saysWhatIsTooLong() {
        Dialogue mail = mail(
                "Content-Type: text/plain; name=" + "n".repeat(MimeReader.MAX_NAME_BYTES + 1),
                "Content-Transfer-Encoding: base64",
                "",
                "A".repeat(1000),
                "A".repeat(1000));

        assertThat(mail.bodies("anomaly").stream()
                        .map(each -> each.path("event").asText()))
                .containsExactly("MIME_LONG_FILENAME", "MIME_LONG_ENC_LINE", "MIME_LONG_LINE");
    }

    private static String nameOf(String disposition) {
        return email(mail("Content-Disposition: " + disposition, "", "x"))
                .path("attachment")
                .path(0)
                .asText();
    }

    private static JsonNode email(Dialogue mail) {
        return mail.events().ofType("smtp").get(0).path("email");
    }

    private static Dialogue mail(String... lines) {
        Dialogue dialogue = Dialogue.tcp(25).server("220 mx SMTP\r\n").client("HELO a\r\n");
        dialogue.server("250 OK\r\n").client("DATA\r\n").server("354 Go\r\n");
        String text = String.join("\r\n", lines) + "\r\n.\r\n";
        for (int i = 0; i < text.length(); i += 1400) {
            dialogue.client(text.substring(i, Math.min(text.length(), i + 1400)));
        }
        return dialogue.server("250 OK\r\n").close();
    }
}
