// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.packet.TcpFlags;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AnomalyTest {
    private static final byte[] NOTHING = {};

    @Test
    void tellsWhatIsWrongWithAPacketThatBelongsToNoFlow() {
        byte[] tooShort = ends().ip(IpProtocol.UDP, new byte[4]);

        JsonNode event = onlyAnomaly(Dialogue.udp(9).frame(tooShort));

        assertThat(event.at("/anomaly/type").asText()).isEqualTo("decode");
        assertThat(event.at("/anomaly/event").asText()).isEqualTo("decoder.udp.pkt_too_small");
        assertThat(event.path("src_ip").asText()).isEqualTo("10.0.0.8");
        assertThat(event.has("flow_id")).isFalse();
    }

    @Test
    void tellsWhatIsWrongWithThePacketOfAFlow() {
        byte[] frame = ends().ip(IpProtocol.ICMP, new byte[] {77, 0, 0, 0});

        JsonNode event = onlyAnomaly(Dialogue.udp(9).frame(frame));

        assertThat(event.at("/anomaly/event").asText()).isEqualTo("decoder.icmpv4.unknown_type");
        assertThat(event.has("flow_id")).isTrue();
    }

    @Test
    @Tag("limit:AnomalyWriter.MAX_PER_SECOND")
    void leavesOutWhatRepeatsWithinOneSecondAndSaysHowOftenLater() {
        byte[] tooShort = ends().ip(IpProtocol.UDP, new byte[4]);
        Dialogue dialogue = Dialogue.udp(9).wait(Duration.ofMillis(999 - 1_700_000_000_000L % 1000));
        dialogue.frame(tooShort);
        for (int i = 0; i < 100; i++) {
            dialogue.frame(tooShort);
        }
        int before = dialogue.events().ofType("anomaly").size();
        dialogue.wait(Duration.ofSeconds(2)).frame(tooShort);

        List<JsonNode> events = dialogue.events().ofType("anomaly");
        assertThat(before).isLessThan(101);
        assertThat(events).hasSize(before + 1);
        assertThat(events.get(before).at("/probe/suppressed").asInt()).isEqualTo(101 - before);
    }

    @Test
    @Tag("limit:AnomalyCounts.MAX_OF_A_KIND")
    void leavesOutWhatRepeatsInOneFlowAndSaysHowOftenInItsRecord() {
        Dialogue dialogue = Dialogue.tcp(9).client("hello");
        for (int i = 0; i < 20; i++) {
            dialogue.clientLoses(10).client("hello");
        }
        dialogue.close();

        assertThat(dialogue.events().ofType("anomaly"))
                .hasSize(8)
                .allSatisfy(event ->
                        assertThat(event.at("/anomaly/event").asText()).isEqualTo("stream.reassembly_seq_gap"));
        JsonNode flow = dialogue.events().ofType("flow").get(0);
        assertThat(flow.at("/probe/anomalies_suppressed").asInt()).isEqualTo(12);
        assertThat(dialogue.statistics().inspector().gaps()).isEqualTo(20);
    }

    @Test
    void noticesAFinAndAResetOutOfTheBlue() {
        Dialogue dialogue = Dialogue.udp(9);
        dialogue.frame(ends().tcp(TcpFlags.FIN | TcpFlags.ACK, 1, 1, NOTHING));
        dialogue.frame(PacketBytes.from("10.0.0.8", 3).to("10.0.0.9", 4).tcp(TcpFlags.RST, 1, 0, NOTHING));

        assertThat(dialogue.bodies("anomaly"))
                .extracting(body -> body.path("event").asText())
                .containsExactly("stream.fin_but_no_session", "stream.rst_but_no_session");
    }

    @Test
    void noticesDnsThatBreaksItsRules() {
        // id 1, opcode 9 and the reserved bit, one question: the root, type A, class IN
        byte[] query = {0, 1, 0x48, 0x40, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1};

        Dialogue dialogue = Dialogue.udp(53).client(query);

        assertThat(dialogue.bodies("anomaly"))
                .extracting(body -> body.path("event").asText())
                .containsExactly("invalid_opcode", "z_flag_set");
        assertThat(dialogue.bodies("anomaly").get(0).path("app_proto").asText()).isEqualTo("dns");
    }

    private static PacketBytes ends() {
        return PacketBytes.from("10.0.0.8", 1).to("10.0.0.9", 2);
    }

    private static JsonNode onlyAnomaly(Dialogue dialogue) {
        assertThat(dialogue.events().ofType("anomaly")).hasSize(1);
        return dialogue.events().ofType("anomaly").get(0);
    }
}
