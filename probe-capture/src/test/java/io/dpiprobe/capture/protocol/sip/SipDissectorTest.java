// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SipDissectorTest {
    private static final byte[] OPTIONS = HexFormat.ofDelimiter(" ")
            .parseHex(
                    "4f 50 54 49 4f 4e 53 20 " // method "OPTIONS "
                            + "73 69 70 3a 62 40 65 78 2e 6f 72 67 20 " // Request-URI "sip:b@ex.org "
                            + "53 49 50 2f 32 2e 30 0d 0a " // version "SIP/2.0", CRLF
                            + "6c 3a 30 0d 0a " // compact form of Content-Length "l:0", CRLF
                            + "0d 0a"); // end of the header
    private static final String SDP = """
            v=0\r
            o=ann 1 1 IN IP4 10.0.0.1\r
            s=call\r
            b=AS:64\r
            t=0 0\r
            r=7 1\r
            k=clear:swordfish\r
            a=sendrecv\r
            m=audio 3000 RTP/AVP 0\r
            c=IN IP4 10.0.0.9\r
            a=crypto:1 AES swordfish\r
            a=rtpmap:0 PCMU/8000\r
            m=video 3002 RTP/AVP 31\r
            """;

    @Test
    void readsRequestAndResponse() {
        Dialogue dialogue = Dialogue.udp(5060)
                .client(OPTIONS)
                .server("SIP/2.0 486 Busy here\r\n\r\n")
                .close();

        List<JsonNode> events = dialogue.bodies("sip");
        assertThat(events.get(0))
                .hasToString("{\"method\":\"OPTIONS\",\"uri\":\"sip:b@ex.org\",\"version\":\"SIP/2.0\","
                        + "\"request_line\":\"OPTIONS sip:b@ex.org SIP/2.0\"}");
        assertThat(events.get(1))
                .hasToString("{\"version\":\"SIP/2.0\",\"code\":\"486\",\"reason\":\"Busy here\","
                        + "\"response_line\":\"SIP/2.0 486 Busy here\"}");
        assertThat(dialogue.appProto()).isEqualTo("sip");
    }

    @Test
    void readsDescriptionOfSession() {
        JsonNode sdp = sdp(invite(SDP));

        assertThat(sdp.path("origin").asText()).isEqualTo("ann 1 1 IN IP4 10.0.0.1");
        assertThat(sdp.path("bandwidths")).hasToString("[\"AS:64\"]");
        assertThat(sdp.path("time_descriptions")).hasToString("[{\"time\":\"0 0\",\"repeat_time\":\"7 1\"}]");
        assertThat(sdp.path("attributes")).hasToString("[\"sendrecv\"]");
        assertThat(sdp.path("media_descriptions"))
                .hasToString("[{\"media\":\"audio 3000 RTP/AVP 0\",\"connection_data\":\"IN IP4 10.0.0.9\","
                        + "\"attributes\":[\"crypto:***\",\"rtpmap:0 PCMU/8000\"]},"
                        + "{\"media\":\"video 3002 RTP/AVP 31\"}]");
    }

    @Test
    void keepsKeysOnTheWire() {
        Dialogue dialogue = Dialogue.udp(5060).client(invite(SDP)).close();

        assertThat(dialogue.events().lines()).noneMatch(each -> each.contains("swordfish"));
        assertThat(dialogue.bodies("sip").get(0).at("/sdp/encryption_key").asText())
                .isEqualTo("clear:***");
    }

    @Test
    void showsKeysIfAskedTo() {
        JsonNode sdp = Dialogue.udp(5060, Secrets.SHOWN)
                .client(invite(SDP))
                .close()
                .bodies("sip")
                .get(0)
                .path("sdp");

        assertThat(sdp.path("encryption_key").asText()).isEqualTo("clear:swordfish");
        assertThat(sdp.at("/media_descriptions/0/attributes/0").asText()).startsWith("crypto:1 ");
    }

    @Test
    void readsSessionWhoseLengthIsUnderstated() {
        String request = invite(SDP).replace("l: " + SDP.length(), "l: 9");

        assertThat(sdp(request).path("media_descriptions")).hasSize(2);
    }

    @Test
    void readsStreamOfMessagesByteByByte() {
        byte[] two = ("\r\n\r\n" + invite(SDP) + invite("v=0\r\n")).getBytes(StandardCharsets.US_ASCII);

        List<JsonNode> events = Dialogue.tcp(5060).clientByteByByte(two).close().bodies("sip");

        assertThat(events).hasSize(2);
        assertThat(events.get(0).at("/sdp/media_descriptions")).hasSize(2);
    }

    @Test
    void passesOverBodiesThatAreNotDescriptions() {
        String message = "MESSAGE sip:b@ex.org SIP/2.0\r\nContent-Type: text/plain\r\nContent-Length: 30000\r\n\r\n";

        Dialogue dialogue = Dialogue.tcp(5060).client(message);
        for (int i = 0; i < 30; i++) {
            dialogue = dialogue.client("x".repeat(1000));
        }

        assertThat(dialogue.client(OPTIONS).close().bodies("sip")).hasSize(2);
    }

    @Test
    void goesOnBehindGapInBody() {
        String message = "MESSAGE sip:b@ex.org SIP/2.0\r\nContent-Length: 20\r\n\r\n" + "x".repeat(5);

        Dialogue dialogue = Dialogue.tcp(5060).client(message).clientLoses(10).client("x".repeat(5));

        assertThat(dialogue.client(OPTIONS).close().bodies("sip")).hasSize(2);
    }

    @Test
    void readsRequestsOfServer() {
        Dialogue dialogue = Dialogue.tcp(5060).client(OPTIONS).server("BYE sip:a@ex.org SIP/2.0\r\n\r\n");

        assertThat(dialogue.close()
                        .events()
                        .ofType("sip")
                        .get(1)
                        .path("src_port")
                        .asInt())
                .isEqualTo(5060);
    }

    @Test
    void refusesOtherVersion() {
        assertThat(Dialogue.udp(5060)
                        .client("OPTIONS sip:b SIP/9.0\r\n\r\n")
                        .close()
                        .bodies("sip"))
                .isEmpty();
    }

    @Test
    void refusesLineWithoutTarget() {
        assertThat(Dialogue.udp(5060).client("SIP/2.0\r\n\r\n").close().bodies("sip"))
                .isEmpty();
    }

    @Test
    void refusesDescriptionWithoutVersion() {
        assertThat(sdp(invite("o=ann 1 1 IN IP4 10.0.0.1\r\n")).isMissingNode()).isTrue();
    }

    @Test
    void refusesGapInHead() {
        Dialogue dialogue = Dialogue.tcp(5060).client(OPTIONS).clientLoses(10).client(OPTIONS);

        assertThat(dialogue.close().bodies("sip")).hasSize(1);
    }

    @Test
    void asksForMoreOfEveryPrefix() {
        byte[] whole = invite(SDP).getBytes(StandardCharsets.US_ASCII);
        for (int length = 1; length < whole.length; length += 7) {
            Dialogue dialogue = Dialogue.tcp(5060).client(Arrays.copyOf(whole, length));
            assertThat(dialogue.bodies("sip")).isEmpty();
            byte[] rest = Arrays.copyOfRange(whole, length, whole.length);
            assertThat(dialogue.client(rest).close().bodies("sip")).hasSize(1);
        }
    }

    private static JsonNode sdp(String request) {
        return Dialogue.udp(5060).client(request).close().bodies("sip").get(0).path("sdp");
    }

    private static String invite(String sdp) {
        return "INVITE sip:b@ex.org SIP/2.0\r\nContent-Type : application/sdp\r\nl: " + sdp.length() + "\r\n\r\n" + sdp;
    }

    @Test
    @Tag("limit:SipDissector.MAX_HEAD_BYTES")
    void waitsForNoLongerHead() {
        Dialogue dialogue = Dialogue.tcp(5060).client("OPTIONS sip:b@ex.org SIP/2.0\r\n");
        dialogue.client("X: " + "x".repeat(20_000)).client("y".repeat(20_000));

        assertThat(dialogue.statistics().inspector().shownAgainBytes()).isLessThan(4096);
        assertThat(dialogue.close().bodies("sip")).hasSize(1);
    }

    @Test
    @Tag("limit:SipDissector.MAX_BODY_BYTES")
    void passesOverBodiesThatAreLonger() {
        String sdp = SDP + "a=x:" + "x".repeat(17_000) + "\r\n";
        Dialogue dialogue =
                Dialogue.tcp(5060).client(invite(sdp)).client(OPTIONS).close();

        assertThat(dialogue.bodies("sip")).hasSize(2);
        assertThat(dialogue.bodies("sip").get(0).has("sdp")).isFalse();
    }
}
