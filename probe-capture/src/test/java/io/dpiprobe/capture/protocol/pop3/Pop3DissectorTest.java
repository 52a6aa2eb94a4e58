// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class Pop3DissectorTest {
    private static final String GREETING = "+OK ready\r\n";

    @Test
    void readsGreetingCommandsAndListings() {
        Dialogue dialogue = greeted()
                .client("STAT\r\nLIST\r\n")
                .server("+OK 2 320\r\n+OK 2 messages\r\n1 120\r\n2 200\r\n.\r\n")
                .close();

        List<JsonNode> events = dialogue.bodies("pop3");
        assertThat(events).hasSize(3);
        assertThat(events.get(0))
                .hasToString("{\"response\":{\"success\":true,\"status\":\"OK\",\"header\":\"ready\",\"data\":[]}}");
        assertThat(events.get(2))
                .hasToString("{\"request\":{\"command\":\"LIST\",\"args\":[]},\"response\":{\"success\":true,"
                        + "\"status\":\"OK\",\"header\":\"2 messages\",\"data\":[\"1 120\",\"2 200\"]}}");
        assertThat(dialogue.appProto()).isEqualTo("pop3");
    }

    @Test
    void readsListingThatComesByteByByte() {
        Dialogue dialogue = greeted().clientByteByByte("UIDL\r\n".getBytes(StandardCharsets.US_ASCII));
        dialogue.serverByteByByte("+OK\r\n..1\r\n.\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(dialogue.close().bodies("pop3").get(1).at("/response/data")).hasToString("[\".1\"]");
    }

    @Test
    void keepsSecretsOnTheWire() {
        Dialogue dialogue = logIns(Secrets.HIDDEN);

        assertThat(dialogue.events().lines()).noneMatch(each -> each.contains("swordfish"));
        List<JsonNode> events = dialogue.bodies("pop3");
        assertThat(events.get(1).at("/request/args")).hasToString("[\"***\"]");
        assertThat(events.get(2).at("/request/args")).hasToString("[\"ann\",\"***\"]");
        assertThat(events.get(4).at("/request/command").asText()).isEqualTo("<SASL DATA>");
        assertThat(events.get(4).at("/response/success").asBoolean()).isFalse();
    }

    @Test
    void showsSecretsIfAskedTo() {
        List<JsonNode> events = logIns(Secrets.SHOWN).bodies("pop3");

        assertThat(events.get(1).at("/request/args")).hasToString("[\"swordfish\"]");
        assertThat(events.get(2).at("/request/args")).hasToString("[\"ann\",\"swordfish\"]");
        assertThat(events.get(4).path("request")).hasToString("{\"command\":\"<SASL DATA>\",\"args\":[\"swordfish\"]}");
    }

    private static Dialogue logIns(Secrets secrets) {
        return Dialogue.tcp(110, secrets)
                .server("+OK ready\r\n")
                .client("PASS swordfish\r\n")
                .server("-ERR no\r\n")
                .client("APOP ann swordfish\r\n")
                .server("-ERR no\r\n")
                .client("AUTH PLAIN\r\n")
                .server("+ \r\n")
                .client("swordfish\r\n")
                .server("-ERR no\r\n")
                .close();
    }

    @Test
    void readsAttachmentsOfMessageThatIsFetched() {
        Dialogue dialogue = greeted()
                .client("RETR 1\r\n")
                .server("+OK\r\nFrom: ann\r\nContent-Disposition: attachment; filename=a\r\n\r\nhello\r\n.\r\n")
                .close();

        JsonNode file = dialogue.events().ofType("fileinfo").get(0);
        assertThat(file.at("/fileinfo/md5").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(file.path("src_port").asInt()).isEqualTo(110);
        assertThat(dialogue.events().ofType("pop3").get(1).at("/email/from").asText())
                .isEqualTo("ann");
    }

    @Test
    @Tag("limit:Pop3Transaction.MAX_DATA_LINES")
    void saysSoWhenListingIsCut() {
        Dialogue dialogue = greeted().client("LIST\r\n").server("+OK\r\n");
        for (int i = 0; i <= Pop3Transaction.MAX_DATA_LINES; i++) {
            dialogue.server(i + " 1\r\n");
        }
        JsonNode event =
                dialogue.server(".\r\n").close().events().ofType("pop3").get(1);

        assertThat(event.at("/pop3/response/data")).hasSize(Pop3Transaction.MAX_DATA_LINES);
        assertThat(event.at("/probe/truncated").asBoolean()).isTrue();
    }

    @Test
    void handsOverToTls() {
        Dialogue dialogue = greeted().client("STLS\r\n").server("+OK go\r\n").close();

        JsonNode flow = dialogue.events().ofType("flow").get(0);
        assertThat(flow.path("app_proto").asText()).isEqualTo("tls");
        assertThat(flow.path("app_proto_orig").asText()).isEqualTo("pop3");
    }

    @Test
    void writesCommandWithoutResponseAtTheEnd() {
        assertThat(greeted().client("RETR 5\r\n").close().bodies("pop3").get(1))
                .hasToString("{\"request\":{\"command\":\"RETR\",\"args\":[\"5\"]}}");
    }

    private static Dialogue greeted() {
        return Dialogue.tcp(110).server(GREETING);
    }
}
