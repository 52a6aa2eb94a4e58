// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FtpDissectorTest {
    private static final String GREETING = "220 FTP server ready\r\n";
    /** 10.0.0.2 port 5001, the server of {@link Dialogue}. */
    private static final String PASSIVE = "227 Entering Passive Mode (10,0,0,2,19,137).\r\n";

    @Test
    void readsGreetingAndCommands() {
        Dialogue dialogue = Dialogue.tcp(2121)
                .server(GREETING)
                .client("USER alice\r\n")
                .server("331 Password?\r\n")
                .client("syst\r\n")
                .server("215 UNIX\r\n")
                .close();

        List<JsonNode> events = dialogue.bodies("ftp");
        assertThat(events).hasSize(3);
        assertThat(events.get(0))
                .hasToString("{\"completion_code\":[\"220\"],\"reply\":[\"FTP server ready\"],"
                        + "\"reply_received\":\"yes\",\"reply_truncated\":false}");
        assertThat(events.get(1))
                .hasToString("{\"command\":\"USER\",\"command_data\":\"alice\",\"command_truncated\":false,"
                        + "\"completion_code\":[\"331\"],\"reply\":[\"Password?\"],"
                        + "\"reply_received\":\"yes\",\"reply_truncated\":false}");
        assertThat(events.get(2).path("command").asText()).isEqualTo("syst");
        assertThat(dialogue.appProto()).isEqualTo("ftp");
        assertThat(dialogue.events().ofType("flow").get(0).at("/flow/tx_cnt").asInt())
                .isEqualTo(3);
    }

    @Test
    void keepsPasswordsOnTheWire() {
        Dialogue dialogue = logIn(Secrets.HIDDEN);

        assertThat(dialogue.bodies("ftp").get(1).path("command_data").asText()).isEqualTo("***");
        assertThat(dialogue.events().lines()).noneMatch(each -> each.contains("sword"));
    }

    @Test
    void showsPasswordsIfAskedTo() {
        assertThat(logIn(Secrets.SHOWN).bodies("ftp").get(1))
                .hasToString("{\"command\":\"PASS\",\"command_data\":\"sword fish\",\"command_truncated\":false,"
                        + "\"completion_code\":[\"230\"],\"reply\":[\"In\"],\"reply_received\":\"yes\","
                        + "\"reply_truncated\":false}");
    }

    @Test
    void showsWhoAnAnonymousUserSaysToBe() {
        Dialogue dialogue = Dialogue.tcp(21)
                .server(GREETING)
                .client("USER Anonymous\r\n")
                .server("331 Who are you?\r\n")
                .client("PASS me@example.org\r\n")
                .server("230 In\r\n")
                .client("USER root\r\n")
                .server("331 Prove it\r\n")
                .client("PASS toor\r\n")
                .server("530 No\r\n")
                .close();

        assertThat(dialogue.bodies("ftp").get(2).path("command_data").asText()).isEqualTo("me@example.org");
        assertThat(dialogue.bodies("ftp").get(4).path("command_data").asText()).isEqualTo("***");
        assertThat(dialogue.events().lines()).noneMatch(each -> each.contains("toor"));
    }

    private static Dialogue logIn(Secrets secrets) {
        return Dialogue.tcp(21, secrets)
                .server(GREETING)
                .client("PASS sword fish\r\n")
                .server("230 In\r\n")
                .close();
    }

    @Test
    void joinsPreliminaryAndFinalReplies() {
        JsonNode event = Dialogue.tcp(21)
                .server(GREETING)
                .client("LIST\r\n")
                .server("150 Here it comes\r\n")
                .server("226 Done\r\n")
                .close()
                .bodies("ftp")
                .get(1);

        assertThat(event.path("completion_code")).hasToString("[\"150\",\"226\"]");
        assertThat(event.path("reply")).hasToString("[\"Here it comes\",\"Done\"]");
    }

    @Test
    void readsReplyOfSeveralLines() {
        Dialogue dialogue = Dialogue.tcp(21)
                .server(GREETING)
                .client("FEAT\r\n")
                .server("211-Features:\r\n MDTM\r\n 211 is not the end\r\n")
                .server("211 End\r\n")
                .close();

        JsonNode event = dialogue.bodies("ftp").get(1);
        assertThat(event.path("completion_code")).hasToString("[\"211\"]");
        assertThat(event.path("reply")).hasSize(4);
        assertThat(event.path("reply").get(3).asText()).isEqualTo("End");
    }

    @Test
    void matchesRepliesToPipelinedCommands() {
        List<JsonNode> events = Dialogue.tcp(21)
                .server(GREETING)
                .client("PWD\r\nNOOP\r\n")
                .server("257 \"/\"\r\n200 OK\r\n")
                .close()
                .bodies("ftp");

        assertThat(events.get(1).path("completion_code").get(0).asText()).isEqualTo("257");
        assertThat(events.get(2).path("completion_code").get(0).asText()).isEqualTo("200");
    }

    @Test
    void writesCommandsWithoutReplyAtTheEnd() {
        JsonNode event = Dialogue.tcp(21)
                .server(GREETING)
                .client("PWD\r\n")
                .close()
                .bodies("ftp")
                .get(1);

        assertThat(event.path("reply_received").asText()).isEqualTo("no");
    }

    @Test
    @Tag("limit:FtpDissector.MAX_LINE_BYTES")
    void cutsLinesThatAreTooLong() {
        Dialogue dialogue = Dialogue.tcp(21).server(GREETING);
        dialogue.client("RETR ");
        for (int i = 0; i < 6; i++) {
            dialogue.client("A".repeat(1000));
        }
        JsonNode event = dialogue.client("\r\nNOOP\r\n")
                .server("550 No\r\n200 OK\r\n")
                .close()
                .bodies("ftp")
                .get(1);

        assertThat(event.path("command_truncated").asBoolean()).isTrue();
        assertThat(event.path("command_data").asText()).hasSize(FtpDissector.MAX_LINE_BYTES - "RETR ".length());
        assertThat(dialogue.bodies("ftp").get(2).path("command").asText()).isEqualTo("NOOP");
    }

    @Test
    void readsLinesThatComeByteByByte() {
        Dialogue dialogue = Dialogue.tcp(21)
                .serverByteByByte(GREETING.getBytes(StandardCharsets.US_ASCII))
                .clientByteByByte("EPSV\r\n".getBytes(StandardCharsets.US_ASCII))
                .serverByteByByte("229 Extended (|||5001|)\r\n".getBytes(StandardCharsets.US_ASCII))
                .close();

        assertThat(dialogue.bodies("ftp").get(1).path("dynamic_port").asInt()).isEqualTo(5001);
        assertThat(dialogue.bodies("ftp").get(1).path("mode").asText()).isEqualTo("passive");
    }

    @Test
    void followsTheDataConnectionItWasTold() {
        FtpSession session = new FtpSession();
        session.control().server(GREETING).client("PASV\r\n").server(PASSIVE).client("RETR a.txt\r\n");
        session.dataFromServer(5001, "hello");
        session.control().server("226 Done\r\n").close();

        JsonNode data = session.control().events().ofType("ftp_data").get(0);
        assertThat(data.path("ftp_data")).hasToString("{\"filename\":\"a.txt\",\"command\":\"RETR\"}");
        JsonNode control = session.control().events().ofType("ftp").get(0);
        assertThat(data.path("parent_id")).isEqualTo(control.path("flow_id"));
        JsonNode file = session.control().events().ofType("fileinfo").get(0);
        assertThat(file.at("/fileinfo/filename").asText()).isEqualTo("a.txt");
        assertThat(file.at("/fileinfo/size").asInt()).isEqualTo(5);
        assertThat(file.at("/fileinfo/md5").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(file.path("src_port").asInt()).isEqualTo(5001);
    }

    @Test
    void doesNotTakeEveryConnectionForData() {
        FtpSession session = new FtpSession();
        session.control().server(GREETING).client("PASV\r\n").server(PASSIVE).client("RETR a.txt\r\n");
        session.dataFromServer(5002, "hello");
        session.control().close();

        assertThat(session.control().events().ofType("ftp_data")).isEmpty();
    }

    @Test
    @Tag("limit:Expectations.LIFE_NS")
    void forgetsAnnouncementsThatNobodyFulfils() {
        FtpSession session = new FtpSession();
        session.control().server(GREETING).client("PASV\r\n").server(PASSIVE).client("LIST\r\n");
        session.control().wait(Duration.ofSeconds(61));
        session.dataFromServer(5001, "hello");
        session.control().close();

        assertThat(session.control().events().ofType("ftp_data")).isEmpty();
    }

    @Test
    void handsOverToTls() {
        Dialogue dialogue = Dialogue.tcp(21)
                .server(GREETING)
                .client("AUTH TLS\r\n")
                .server("234 Go\r\n")
                .close();

        JsonNode flow = dialogue.events().ofType("flow").get(0);
        assertThat(flow.path("app_proto").asText()).isEqualTo("tls");
        assertThat(flow.path("app_proto_orig").asText()).isEqualTo("ftp");
    }

    @Test
    void saysWhenFileIsAskedForWithoutConnection() {
        Dialogue dialogue = Dialogue.tcp(21)
                .server(GREETING)
                .client("RETR a\r\n")
                .server("425 Use PASV\r\n")
                .close();

        JsonNode anomaly = dialogue.events().ofType("anomaly").get(0);
        assertThat(anomaly.at("/anomaly/event").asText()).isEqualTo("file_before_port");
        assertThat(anomaly.path("tx_id").asInt()).isEqualTo(1);
    }

    @Test
    void refusesIrc() {
        Dialogue dialogue = Dialogue.tcp(6667)
                .client("USER nick 0 * :Some Name\r\n")
                .server(":irc.example NOTICE * :hello\r\n")
                .close();

        assertThat(dialogue.bodies("ftp")).isEmpty();
    }
}
