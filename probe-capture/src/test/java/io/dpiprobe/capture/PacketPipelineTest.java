// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacketPipelineTest {
    @Test
    void writesOneFlowRecordForAConnection() {
        Dialogue dialogue = Dialogue.tcp(9).client("hello").server("world").close();

        assertThat(dialogue.events().ofType("flow")).hasSize(1);
        JsonNode event = dialogue.events().ofType("flow").get(0);
        assertThat(event.path("src_ip").asText()).isEqualTo("10.0.0.1");
        assertThat(event.path("dest_port").asInt()).isEqualTo(9);
        assertThat(event.path("community_id").asText()).startsWith("1:").hasSize(30);
        assertThat(event.at("/flow/state").asText()).isEqualTo("closed");
        assertThat(event.at("/flow/pkts_toserver").asInt()).isEqualTo(6);
        assertThat(event.at("/flow/pkts_toclient").asInt()).isEqualTo(4);
        assertThat(event.at("/tcp/tcp_flags").asText()).isEqualTo("1b");
    }

    @Test
    void writesOneFlowRecordForDatagrams() {
        Dialogue dialogue = Dialogue.udp(9).client("hello").server("world").close();

        JsonNode event = dialogue.events().ofType("flow").get(0);
        assertThat(event.at("/flow/state").asText()).isEqualTo("established");
        assertThat(event.path("app_proto").asText()).isEqualTo("failed");
    }

    @Test
    void saysHowLongTheRoundTripsOfAHandshakeTook() {
        JsonNode probe = Dialogue.tcp(9).close().events().ofType("flow").get(0).path("probe");

        assertThat(probe.path("rtt_server_us").asInt()).isEqualTo(1000);
        assertThat(probe.path("rtt_client_us").asInt()).isEqualTo(1000);
        assertThat(probe.has("one_sided")).isFalse();
    }

    @Test
    void saysThatOnlyOneSideWasHeard() {
        JsonNode probe = Dialogue.udp(9)
                .client("hello")
                .close()
                .events()
                .ofType("flow")
                .get(0)
                .path("probe");

        assertThat(probe.path("one_sided").asBoolean()).isTrue();
    }

    @Test
    void tellsOfALongFlowWhatIsNewSinceItLastDid() {
        Dialogue dialogue = Dialogue.udp(9);
        for (int i = 0; i < 5; i++) {
            dialogue.client("hello").server("world").wait(Duration.ofMinutes(1));
        }
        dialogue.close();

        assertThat(dialogue.events().ofType("flow_update"))
                .extracting(event -> event.at("/flow/pkts_toserver").asInt())
                .containsExactly(3, 2);
        assertThat(dialogue.events()
                        .ofType("flow")
                        .get(0)
                        .at("/flow/pkts_toserver")
                        .asInt())
                .isEqualTo(5);
    }
}
