// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the events of commands say. */
class ImapEventTest {
    @Test
    void readsWhoLogsIn() {
        // 61 31 20 LOGIN 20 "ann" 20 "hush" CR LF
        byte[] login = HexFormat.of().parseHex("6131204c4f47494e2022616e6e2220226875736822" + "0d0a");
        Dialogue dialogue = greeted(Secrets.HIDDEN).client(login).server("a1 OK [CAPABILITY A B] in\r\n");

        assertThat(imap(dialogue))
                .containsExactly("{\"greeting\":\"OK ready\",\"tag\":\"a1\",\"command\":\"LOGIN\",\"user\":\"ann\","
                        + "\"password\":\"***\",\"clear_text_password\":true,\"status\":\"OK\","
                        + "\"response_code\":\"CAPABILITY\"}");
        assertThat(dialogue.events().lines()).noneMatch(each -> each.contains("hush"));
        assertThat(dialogue.appProto()).isEqualTo("imap");
    }

    @Test
    void readsLogInThatComesByteByByteInLiterals() {
        Dialogue dialogue = greeted(Secrets.SHOWN);
        dialogue.clientByteByByte("a LOGIN {3+}\r\nann {6}\r\na b\\\"c\r\n".getBytes(StandardCharsets.US_ASCII));
        dialogue.serverByteByByte(
                "a NO [AUTHENTICATIONFAILED] no {9}\r\n* BYE\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(body(dialogue, 0).path("user").asText()).isEqualTo("ann");
        assertThat(body(dialogue, 0).path("password").asText()).isEqualTo("a b\\\"c");
        assertThat(body(dialogue, 0).path("status").asText()).isEqualTo("NO");
        assertThat(body(dialogue, 0).path("response_code").asText()).isEqualTo("AUTHENTICATIONFAILED");
    }

    @Test
    void takesOutBackslashes() {
        Dialogue dialogue = greeted(Secrets.SHOWN).client("a LOGIN \"CORP\\\\ann\" \"a\\\"b\"\r\n");

        assertThat(body(dialogue.close(), 0).path("user").asText()).isEqualTo("CORP\\ann");
        assertThat(body(dialogue, 0).path("password").asText()).isEqualTo("a\"b");
    }

    @Test
    void keepsNothingOfQuotesWithoutEnd() {
        Dialogue dialogue = greeted(Secrets.HIDDEN)
                .client("a LOGIN \"ann hush\r\n")
                .server("a BAD\r\n")
                .close();

        assertThat(dialogue.events().lines()).noneMatch(each -> each.contains("hush"));
        assertThat(body(dialogue, 0).path("status").asText()).isEqualTo("BAD");
    }

    @Test
    void readsWhoAuthenticatesPlain() {
        // "" NUL ann NUL hush
        Dialogue dialogue = greeted(Secrets.HIDDEN)
                .client("a AUTHENTICATE PLAIN AGFubgBodXNo\r\n")
                .server("a NO\r\n")
                .client("b AUTHENTICATE PLAIN\r\n")
                .server("+ \r\n")
                .client("AGFubgBodXNo\r\n")
                .server("b OK in\r\n");

        assertThat(imap(dialogue))
                .element(1)
                .isEqualTo("{\"tag\":\"b\",\"command\":\"AUTHENTICATE\",\"mechanism\":\"PLAIN\",\"user\":\"ann\","
                        + "\"password\":\"***\",\"clear_text_password\":true,\"status\":\"OK\"}");
        assertThat(body(dialogue, 0).path("user").asText()).isEqualTo("ann");
        assertThat(dialogue.events().lines())
                .noneMatch(each -> each.contains("hush"))
                .noneMatch(each -> each.contains("AGFubgBodXNo"));
    }

    @Test
    void readsAnswersToChallenges() {
        Dialogue dialogue = greeted(Secrets.SHOWN)
                .client("a AUTHENTICATE LOGIN\r\n")
                .server("+ VXNlcm5hbWU6\r\n")
                .client("YW5u\r\n") // ann
                .server("+ UGFzc3dvcmQ6\r\n")
                .client("aHVzaA==\r\n") // hush
                .server("a NO\r\n")
                .client("b authenticate cram-md5\r\n")
                .server("+ PDFAaD4=\r\n")
                .client("YW5uIDAxMjM=\r\n") // ann 0123
                .server("b OK\r\n")
                .close();

        assertThat(body(dialogue, 0).path("user").asText()).isEqualTo("ann");
        assertThat(body(dialogue, 0).path("password").asText()).isEqualTo("hush");
        assertThat(body(dialogue, 1).path("user").asText()).isEqualTo("ann");
        assertThat(body(dialogue, 1).has("clear_text_password")).isFalse();
    }

    @Test
    void readsNtlm() {
        // NTLMSSP, type 1; NTLMSSP, type 2 with no target, flags of Unicode and the challenge 01 .. 08
        Dialogue dialogue = greeted(Secrets.HIDDEN)
                .client("a AUTHENTICATE NTLM\r\n")
                .server("+ \r\n")
                .client("TlRMTVNTUAABAAAAB4IIAAAAAAAAAAAAAAAAAAAAAAA=\r\n")
                .server("+ TlRMTVNTUAACAAAAAAAAADAAAAABAAAAAQIDBAUGBwgAAAAAAAAAAAAAAAAwAAAA\r\n")
                .client("*\r\n")
                .server("a BAD\r\n")
                .close();

        assertThat(event(dialogue, 0).at("/probe/auth/method").asText()).isEqualTo("ntlm");
    }

    @Test
    void readsWhatIsDoneWithMailboxes() {
        Dialogue dialogue = greeted(Secrets.HIDDEN)
                .client("1 SELECT \"My mail\"\r\n2 EXAMINE {5+}\r\nTrash (CONDSTORE)\r\n3 RENAME a b\r\n")
                .server("3 OK\r\n1 OK [READ-WRITE] ok\r\n2 NO\r\n")
                .client("4 APPEND Sent (\\Seen) {11}\r\n")
                .server("+ go\r\n")
                .client("x LOGOUT\r\n!\r\n")
                .server("4 OK\r\n")
                .client("5 UID FETCH 1:* (FLAGS)\r\n6 NOOP\r\n7 LOGOUT\r\n")
                .server("* 1 FETCH (BODY[] {8}\r\n7 OK x\r\n)\r\n5 OK\r\n6 OK\r\n* BYE\r\n7 OK\r\n")
                .close();

        assertThat(imap(dialogue))
                .containsExactly(
                        "{\"greeting\":\"OK ready\",\"tag\":\"3\",\"command\":\"RENAME\",\"mailbox\":\"a\","
                                + "\"new_mailbox\":\"b\",\"status\":\"OK\"}",
                        "{\"tag\":\"1\",\"command\":\"SELECT\",\"mailbox\":\"My mail\",\"status\":\"OK\","
                                + "\"response_code\":\"READ-WRITE\"}",
                        "{\"tag\":\"2\",\"command\":\"EXAMINE\",\"mailbox\":\"Trash\",\"status\":\"NO\"}",
                        "{\"tag\":\"4\",\"command\":\"APPEND\",\"mailbox\":\"Sent\",\"size\":11,\"status\":\"OK\"}",
                        "{\"tag\":\"5\",\"command\":\"UID FETCH\",\"status\":\"OK\"}",
                        "{\"tag\":\"7\",\"command\":\"LOGOUT\",\"status\":\"OK\"}");
    }

    @Test
    void readsWhichClientItIs() {
        Dialogue dialogue = greeted(Secrets.HIDDEN)
                .client("a ID (\"vendor\" NIL \"name\" \"Letters\" \"version\" \"1.0\")\r\n")
                .server("* ID NIL\r\na OK\r\n")
                .close();

        assertThat(body(dialogue, 0).path("client_name").asText()).isEqualTo("Letters");
        assertThat(body(dialogue, 0).path("client_version").asText()).isEqualTo("1.0");
    }

    @Test
    void goesOnWhenServerRefusesLiteral() {
        Dialogue dialogue = greeted(Secrets.HIDDEN)
                .client("a APPEND Sent {900}\r\n")
                .server("a NO [OVERQUOTA] full\r\n")
                .client("b LOGOUT\r\n")
                .server("b OK\r\n")
                .close();

        assertThat(body(dialogue, 0).path("response_code").asText()).isEqualTo("OVERQUOTA");
        assertThat(body(dialogue, 1).path("command").asText()).isEqualTo("LOGOUT");
    }

    @Test
    void goesOnBehindWhatWasLostOfLiterals() {
        Dialogue dialogue = greeted(Secrets.HIDDEN)
                .client("a APPEND Sent {900+}\r\nxx")
                .clientLoses(890)
                .client("yyyyyyyy\r\nb FETCH 1 BODY[]\r\n")
                .server("a OK\r\n* 1 FETCH (BODY[] {900}\r\n")
                .serverLoses(900)
                .server(")\r\nb OK\r\n")
                .close();

        assertThat(body(dialogue, 0).path("size").asInt()).isEqualTo(900);
        assertThat(body(dialogue, 1).path("status").asText()).isEqualTo("OK");
    }

    @Test
    void readsNoMoreOfWhatIsCompressed() {
        Dialogue dialogue = greeted(Secrets.HIDDEN)
                .client("a COMPRESS DEFLATE\r\n")
                .server("a OK\r\n")
                .client("b LOGOUT\r\n")
                .close();

        assertThat(imap(dialogue)).hasSize(1);
    }

    private static Dialogue greeted(Secrets secrets) {
        return Dialogue.tcp(143, secrets).server("* OK ready\r\n");
    }

    private static List<String> imap(Dialogue dialogue) {
        return dialogue.close().events().ofType("imap").stream()
                .map(each -> each.at("/probe/imap").toString())
                .toList();
    }

    private static JsonNode event(Dialogue dialogue, int index) {
        return dialogue.events().ofType("imap").get(index);
    }

    private static JsonNode body(Dialogue dialogue, int index) {
        return event(dialogue, index).at("/probe/imap");
    }
}
