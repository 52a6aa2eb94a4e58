// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than clients and servers send. */
class Pop3LimitsTest {
    @Test
    @Tag("limit:Pop3Dissector.MAX_PENDING")
    void writesTheOldestCommandWithoutItsResponse() {
        Dialogue dialogue = greeted();
        for (int i = 0; i < Pop3Dissector.MAX_PENDING + 5; i++) {
            dialogue.client("DELE " + i + "\r\n");
        }

        assertThat(dialogue.bodies("pop3")).hasSize(1 + 5);
        assertThat(dialogue.bodies("pop3").get(1).at("/request/args/0").asText())
                .isEqualTo("0");
        assertThat(dialogue.bodies("pop3").get(1).has("response")).isFalse();
    }

    @Test
    @Tag("limit:Pop3Transaction.MAX_WORDS")
    void keepsSoManyWords() {
        JsonNode event = greeted()
                .client("NOOP" + " a".repeat(100) + "\r\n")
                .server("+OK\r\n")
                .close()
                .bodies("pop3")
                .get(1);

        assertThat(event.at("/request/args"))
                .hasSize(Pop3Transaction.MAX_WORDS); // the last one says that there is more
    }

    @Test
    @Tag("limit:Pop3Transaction.MAX_DATA_BYTES")
    void keepsSoManyBytesOfAListing() {
        Dialogue dialogue = greeted().client("LIST\r\n").server("+OK\r\n");
        for (int i = 0; i < 50; i++) {
            dialogue.server("x".repeat(1000) + "\r\n");
        }
        int bytes = 0;
        JsonNode event =
                dialogue.server(".\r\n").close().events().ofType("pop3").get(1);
        for (JsonNode each : event.at("/pop3/response/data")) {
            bytes += each.asText().length();
        }

        assertThat(bytes).isEqualTo(Pop3Transaction.MAX_DATA_BYTES);
        assertThat(event.at("/probe/truncated").asBoolean()).isTrue();
    }

    @Test
    @Tag("limit:Pop3Dissector.MAX_LINE_BYTES")
    void waitsForNoLongerLine() {
        Dialogue dialogue = greeted().client("NOOP " + "x".repeat(10 * Pop3Dissector.MAX_LINE_BYTES));

        assertThat(dialogue.statistics().inspector().shownAgainBytes()).isLessThan(2L * Pop3Dissector.MAX_LINE_BYTES);
        dialogue.client("\r\nSTAT\r\n").server("+OK\r\n+OK 1 2\r\n").close();
        assertThat(dialogue.bodies("pop3")).hasSize(3);
    }

    private static Dialogue greeted() {
        return Dialogue.tcp(110).server("+OK ready\r\n");
    }
}
