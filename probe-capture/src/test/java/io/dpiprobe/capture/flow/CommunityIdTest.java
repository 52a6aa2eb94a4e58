// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.packet.PacketBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CommunityIdTest {
    private static final Path PUBLISHED = Path.of("../../shared/conformance/community-id/baseline_deflt.json");

    @Test
    void hashesBothDirectionsOfAConnectionAlike() {
        byte[] request = PacketBytes.from("128.232.110.120", 34855)
                .to("66.35.250.204", 80)
                .tcp(2, 0, 0, new byte[0]);
        byte[] answer = PacketBytes.from("66.35.250.204", 80)
                .to("128.232.110.120", 34855)
                .tcp(18, 0, 0, new byte[0]);

        assertThat(idOf(request)).isEqualTo("1:LQU9qZlK+B5F3KDmev6m5PMibrg=");
        assertThat(idOf(answer)).isEqualTo("1:LQU9qZlK+B5F3KDmev6m5PMibrg=");
    }

    @Test
    void agreesWithThePublishedTuples() throws IOException {
        assumeTrue(Files.exists(PUBLISHED), "the published tuples are not beside the checkout");
        for (JsonNode tuple : new ObjectMapper().readTree(PUBLISHED.toFile())) {
            assertThat(idOf(frame(tuple)))
                    .as(tuple.toString())
                    .isEqualTo(tuple.path("communityid").asText());
        }
    }

    private static byte[] frame(JsonNode tuple) throws IOException {
        int protocol = tuple.path("proto").asInt();
        int sport = tuple.path("sport").asInt(0);
        int dport = tuple.path("dport").asInt(0);
        PacketBytes ends = PacketBytes.from(text(tuple.path("saddr")), sport).to(text(tuple.path("daddr")), dport);
        return switch (protocol) {
            case IpProtocol.TCP -> ends.tcp(2, 0, 0, new byte[0]);
            case IpProtocol.UDP -> ends.udp(new byte[0]);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> ends.icmp(sport, dport, new byte[4]);
            default -> ends.ip(protocol, sctp(sport, dport));
        };
    }

    private static byte[] sctp(int sport, int dport) {
        return new byte[] {(byte) (sport >> 8), (byte) sport, (byte) (dport >> 8), (byte) dport, 0, 0, 0, 0, 0, 0, 0, 0
        };
    }

    /** As {@link PacketBytes} takes addresses: dots, or eight groups. */
    private static String text(JsonNode address) throws IOException {
        byte[] bytes = InetAddress.getByName(address.asText()).getAddress();
        return bytes.length == 4
                ? address.asText()
                : HexFormat.of().formatHex(bytes).replaceAll("(.{4})(?=.)", "$1:");
    }

    private static String idOf(byte[] frame) {
        Packet packet = FlowTableTest.decode(frame, 0);
        FlowTimeouts timeouts = FlowTimeouts.of(Duration.ofMinutes(5));
        Flow flow = new FlowTable<>(1, 1, timeouts, Flow::new, (ended, reason) -> {}).begin(packet);
        flow.count(Direction.TO_SERVER, packet);
        return new String(flow.communityId(new CommunityId()), StandardCharsets.US_ASCII);
    }
}
