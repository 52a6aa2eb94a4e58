// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Verdicts;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ImapDissectorTest {
    private static final String GREETING = "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n";

    @Test
    void recognisesGreetingOnAnyPort() {
        assertThat(Dialogue.tcp(10143).server(GREETING).close().appProto()).isEqualTo("imap");
    }

    @Test
    void recognisesFirstCommand() {
        assertThat(Dialogue.tcp(10143).client("a1 LOGIN u p\r\n").close().appProto())
                .isEqualTo("imap");
    }

    @Test
    void handsOverToTls() {
        JsonNode flow = Dialogue.tcp(143)
                .server(GREETING)
                .client("a1 CAPABILITY\r\n")
                .server("* CAPABILITY IMAP4rev1\r\na1 OK done\r\n")
                .client("a2 starttls\r\n")
                .server("a2 OK go\r\n")
                .close()
                .events()
                .ofType("flow")
                .get(0);

        assertThat(flow.path("app_proto").asText()).isEqualTo("tls");
        assertThat(flow.path("app_proto_orig").asText()).isEqualTo("imap");
    }

    @Test
    void staysWhenStartTlsIsRefused() {
        Dialogue dialogue = Dialogue.tcp(143)
                .server(GREETING)
                .client("a1 STARTTLS\r\n")
                .server("a1 BAD no\r\n")
                .close();

        assertThat(dialogue.appProto()).isEqualTo("imap");
    }

    @Test
    void refusesOtherText() {
        assertThat(Dialogue.tcp(143).client("a1 SAYHELLO\r\n").close().appProto())
                .isEqualTo("failed");
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        assertThat(Verdicts.recognisesNothingLess(
                        ImapProtocol.IMAP, Direction.TO_CLIENT, GREETING.getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(Verdicts.recognisesNothingLess(
                        ImapProtocol.IMAP, Direction.TO_SERVER, "a1 LOGIN u p\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
    }
}
