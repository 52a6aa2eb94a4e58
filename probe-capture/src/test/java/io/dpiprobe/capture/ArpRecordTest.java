// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ArpRecordTest {
    private static final byte[] REQUEST = HexFormat.of()
            .parseHex("ffffffffffff020000000001" + "0806" // Ethernet
                    + "0001" + "0800" + "06" + "04" + "0001" // Ethernet, IPv4, request
                    + "020000000001" + "0a000001" // from 10.0.0.1
                    + "000000000000" + "0a000002"); // who has 10.0.0.2?

    @Test
    void writesWhoAsksForWhom() {
        CollectedEvents events = Dialogue.udp(9).frame(REQUEST).events();

        assertThat(events.ofType("arp")).hasSize(1);
        JsonNode arp = events.bodies("arp").get(0);
        assertThat(arp.path("opcode").asText()).isEqualTo("request");
        assertThat(arp.path("src_mac").asText()).isEqualTo("02:00:00:00:00:01");
        assertThat(arp.path("src_ip").asText()).isEqualTo("10.0.0.1");
        assertThat(arp.path("dest_ip").asText()).isEqualTo("10.0.0.2");
        assertThat(events.ofType("arp").get(0).at("/probe/lane").asText()).isEqualTo("low");
    }

    @Test
    void writesNothingForWhatIsCutOffOrOfAnotherKind() {
        for (int length = 14; length < REQUEST.length; length++) {
            assertThat(Dialogue.udp(9)
                            .frame(Arrays.copyOf(REQUEST, length))
                            .events()
                            .all())
                    .isEmpty();
        }
        for (int at : new int[] {15, 17, 18, 19, 21}) {
            byte[] changed = REQUEST.clone();
            changed[at] = 99;
            assertThat(Dialogue.udp(9).frame(changed).events().all()).isEmpty();
        }
    }
}
