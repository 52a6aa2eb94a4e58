// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dpiprobe.capture.Dialogue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A conversation means the same however TCP cuts it: at every byte, and byte by byte. Where the capture ends inside of it,
 * at whatever byte, there is no more to tell than of the whole.
 */
class SegmentationTest {
    static Stream<Conversation> conversations() {
        return Stream.concat(inLines(), inBytes());
    }

    private static Stream<Conversation> inLines() {
        return Stream.of(
                new Conversation("ftp", 21)
                        .server("220-hello\r\n220 ready\r\n")
                        .client("USER ann\r\n")
                        .server("331 more\r\n")
                        .client("PASS x\r\n")
                        .server("230 in\r\n")
                        .client("PWD\r\nQUIT\r\n")
                        .server("257 \"/\"\r\n221 bye\r\n"),
                new Conversation("imap", 143)
                        .server("* OK IMAP4rev1 ready\r\n")
                        .client("a1 CAPABILITY\r\n")
                        .server("* CAPABILITY IMAP4rev1\r\na1 OK done\r\n")
                        .client("a2 LOGOUT\r\n"),
                new Conversation("pop3", 110)
                        .server("+OK ready\r\n")
                        .client("USER ann\r\n")
                        .server("+OK\r\n")
                        .client("LIST\r\n")
                        .server("+OK 2\r\n1 120\r\n2 200\r\n.\r\n")
                        .client("QUIT\r\n")
                        .server("+OK bye\r\n"),
                new Conversation("smtp", 25)
                        .server("220 mx ESMTP\r\n")
                        .client("EHLO a\r\n")
                        .server("250-mx\r\n250 SIZE\r\n")
                        .client("MAIL FROM:<a@b>\r\n")
                        .server("250 ok\r\n")
                        .client("RCPT TO:<c@d>\r\n")
                        .server("250 ok\r\n")
                        .client("DATA\r\n")
                        .server("354 go\r\n")
                        .client("Subject: s\r\n\r\nhello\r\n.\r\n")
                        .server("250 queued\r\n")
                        .client("QUIT\r\n")
                        .server("221 bye\r\n"));
    }

    private static Stream<Conversation> inBytes() {
        return Stream.of(
                new Conversation("ldap", 389)
                        .clientHex("3028" + "020400000001" + "6320" + "0400" + "0a0102" + "0a0100" + "020100" + "020100"
                                + "010100" + "870b" + "6f626a656374436c617373" + "3000") // search (objectClass=*)
                        .serverHex("300f" + "020400000001" + "6507" + "0a0100" + "0400" + "0400"), // done
                new Conversation("nfs", 2049)
                        .clientHex("80000028" + "00000001" + "00000000" + "00000002" + "000186a3" + "00000003"
                                + "00".repeat(20)) // call of NULL, version 3
                        .serverHex("80000018" + "00000001" + "00000001" + "00".repeat(16)), // accepted, success
                new Conversation("pgsql", 5432)
                        .clientHex("00000012" + "00030000" + "7573657200" + "616e6e00" + "00") // user ann
                        .serverHex("52" + "00000008" + "00000000" + "5a" + "00000005" + "49") // let in, ready
                        .clientHex("51" + "0000000e" + "53454c454354203100") // SELECT 1
                        .serverHex("43" + "0000000d" + "53454c454354203100" + "5a" + "00000005" + "49"),
                new Conversation("rdp", 3389)
                        .clientHex("03000013" + "0ee00000000000" + "0100080003000000") // TLS or CredSSP?
                        .serverHex("03000013" + "0ed00000123400" + "0200080000000000"), // standard security
                new Conversation("telnet", 23)
                        .serverHex("fffd18" + "fffb01") // DO TERMINAL-TYPE, WILL ECHO
                        .clientHex("fffb18")
                        .server("login: ")
                        .client("root\r\n")
                        .server("root\r\nPassword: ")
                        .client("x\r\n")
                        .server("\r\nLast login: today\r\n$ "));
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void meansTheSameByteByByte(Conversation conversation) {
        List<JsonNode> whole = conversation.play(Integer.MAX_VALUE, -1, -1);

        assertThat(conversation.recognised()).isTrue();
        assertThat(conversation.play(1, -1, -1)).isEqualTo(whole);
        assertThat(conversation.play(7, -1, -1)).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void meansTheSameWhereverAMessageIsCut(Conversation conversation) {
        List<JsonNode> whole = conversation.play(Integer.MAX_VALUE, -1, -1);

        for (int message = 0; message < conversation.messages.size(); message++) {
            for (int at = 1; at < conversation.messages.get(message).length; at++) {
                assertThat(conversation.play(Integer.MAX_VALUE, message, at))
                        .as("message %d cut at %d", message, at)
                        .isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void tellsNoMoreOfWhatEndsAtAnyByte(Conversation conversation) {
        int whole = conversation.play(Integer.MAX_VALUE, -1, -1).size();

        for (int message = 0; message < conversation.messages.size(); message++) {
            for (int at = 0; at < conversation.messages.get(message).length; at++) {
                assertThat(conversation.playUntil(message, at)).hasSizeLessThanOrEqualTo(whole);
            }
        }
    }

    /** What two sides say to each other, in turn. */
    private static final class Conversation {
        private final String protocol;
        private final int port;
        private final List<byte[]> messages = new ArrayList<>();
        private final List<Boolean> fromClient = new ArrayList<>();

        Conversation(String protocol, int port) {
            this.protocol = protocol;
            this.port = port;
        }

        Conversation client(String text) {
            return add(true, text.getBytes(StandardCharsets.US_ASCII));
        }

        Conversation server(String text) {
            return add(false, text.getBytes(StandardCharsets.US_ASCII));
        }

        Conversation clientHex(String hex) {
            return add(true, HexFormat.of().parseHex(hex));
        }

        Conversation serverHex(String hex) {
            return add(false, HexFormat.of().parseHex(hex));
        }

        private Conversation add(boolean client, byte[] message) {
            fromClient.add(client);
            messages.add(message);
            return this;
        }

        boolean recognised() {
            Dialogue dialogue = Dialogue.tcp(port);
            send(dialogue, Integer.MAX_VALUE, -1, -1);
            return dialogue.close().appProto().equals(protocol);
        }

        /** Sends pieces of at most so many bytes; one message is cut in two. */
        List<JsonNode> play(int size, int cutMessage, int cutAt) {
            Dialogue dialogue = Dialogue.tcp(port);
            send(dialogue, size, cutMessage, cutAt);
            return essences(dialogue.close());
        }

        /** Sends what comes before a byte of a message. */
        List<JsonNode> playUntil(int message, int at) {
            Dialogue dialogue = Dialogue.tcp(port);
            for (int i = 0; i < message; i++) {
                send(dialogue, fromClient.get(i), messages.get(i));
            }
            send(dialogue, fromClient.get(message), Arrays.copyOf(messages.get(message), at));
            return essences(dialogue.close());
        }

        private void send(Dialogue dialogue, int size, int cutMessage, int cutAt) {
            for (int i = 0; i < messages.size(); i++) {
                byte[] message = messages.get(i);
                int first = i == cutMessage ? cutAt : Math.min(size, message.length);
                int at = 0;
                for (int end = first; at < message.length; end += Math.min(size, message.length - at)) {
                    send(dialogue, fromClient.get(i), Arrays.copyOfRange(message, at, end));
                    at = end;
                }
            }
        }

        private static void send(Dialogue dialogue, boolean client, byte[] bytes) {
            if (bytes.length > 0) {
                boolean unused = (client ? dialogue.client(bytes) : dialogue.server(bytes)) == dialogue;
            }
        }

        /** What the protocol says, without where and when. */
        private static List<JsonNode> essences(Dialogue dialogue) {
            List<JsonNode> essences = new ArrayList<>();
            for (JsonNode each : dialogue.events().all()) {
                if (!each.path("event_type").asText().equals("flow")) {
                    ObjectNode event = each.deepCopy();
                    event.remove(List.of("timestamp", "pcap_cnt", "probe", "pkt_src"));
                    essences.add(event);
                }
            }
            return essences;
        }

        @Override
        public String toString() {
            return protocol;
        }
    }
}
