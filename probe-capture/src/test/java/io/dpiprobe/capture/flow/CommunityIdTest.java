// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.packet.PacketBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Of the published tuples both ways of each protocol, TCP over IPv4 and IPv6 among them, and ICMP without a reply. */
    @ParameterizedTest
    @CsvSource({
        "58, fe80::200:86ff:fe05:80da, fe80::260:97ff:fe07:69ea, 135, 136, 1:dGHyGvjMfljg6Bppwm3bg0LO8TY=",
        "58, fe80::260:97ff:fe07:69ea, fe80::200:86ff:fe05:80da, 136, 135, 1:dGHyGvjMfljg6Bppwm3bg0LO8TY=",
        "1, 192.168.0.89, 192.168.0.1, 8, 0, 1:X0snYXpgwiv9TZtqg64sgzUn6Dk=",
        "1, 192.168.0.1, 192.168.0.89, 0, 8, 1:X0snYXpgwiv9TZtqg64sgzUn6Dk=",
        "6, 2001:470:e5bf:dead:4957:2174:e82c:4887, 2607:f8b0:400c:c03::1a, 63943, 25, 1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=",
        "6, 2607:f8b0:400c:c03::1a, 2001:470:e5bf:dead:4957:2174:e82c:4887, 25, 63943, 1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=",
        "132, 192.168.170.8, 192.168.170.56, 7, 7, 1:MP2EtRCAUIZvTw6MxJHLV7N7JDs=",
        "132, 192.168.170.56, 192.168.170.8, 7, 7, 1:MP2EtRCAUIZvTw6MxJHLV7N7JDs=",
        "6, 128.232.110.120, 66.35.250.204, 34855, 80, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
        "6, 66.35.250.204, 128.232.110.120, 80, 34855, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
        "17, 192.168.1.52, 8.8.8.8, 54585, 53, 1:d/FP5EW3wiY1vCndhwleRRKHowQ=",
        "17, 8.8.8.8, 192.168.1.52, 53, 54585, 1:d/FP5EW3wiY1vCndhwleRRKHowQ=",
        "46, 10.1.12.1, 10.1.12.2, 0, 0, 1:KHlLkgoJW7ifUTyTSgyVfkFHzKw=",
        "46, 10.1.12.2, 10.1.12.1, 0, 0, 1:KHlLkgoJW7ifUTyTSgyVfkFHzKw=",
        "58, 3ffe:501:1800:2345::2, 3ffe:507:0:1:200:86ff:fe05:80da, 3, 0, 1:2ObVBgIn28oZvibYZhZMBgh7WdQ=",
        "1, 10.0.0.1, 10.0.0.2, 11, 0, 1:YHxtAirCG//0OzkcVAukqKQN9xM="
    })
    void agreesWithThePublishedTuple(ArgumentsAccessor row) throws IOException {
        ObjectNode tuple = new ObjectMapper().createObjectNode();
        tuple.put("proto", row.getInteger(0)).put("saddr", row.getString(1)).put("daddr", row.getString(2));
        tuple.put("sport", row.getInteger(3)).put("dport", row.getInteger(4));
        assertThat(idOf(frame(tuple))).isEqualTo(row.getString(5));
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

    /** Of more flows than are remembered, asked for again and again. */
    @Test
    void saysTheSameOfAFlowWhateverItWasAskedBetween() {
        Map<Integer, String> first = new HashMap<>();
        CommunityId remembering = new CommunityId();
        for (int round = 0; round < 3; round++) {
            for (int port = 1; port <= 3000; port++) {
                byte[] frame =
                        PacketBytes.from("10.0.0.1", port).to("10.0.0.2", 53).udp(new byte[1]);
                String id = idOf(frame, remembering);
                assertThat(id).isEqualTo(first.computeIfAbsent(port, any -> idOf(frame, new CommunityId())));
                assertThat(idOf(frame, remembering)).isEqualTo(id);
            }
        }
        assertThat(first.values()).doesNotHaveDuplicates();
    }

    private static String idOf(byte[] frame) {
        return idOf(frame, new CommunityId());
    }

    private static String idOf(byte[] frame, CommunityId ids) {
        Packet packet = FlowTableTest.decode(frame, 0);
        FlowTimeouts timeouts = FlowTimeouts.of(Duration.ofMinutes(5));
        Flow flow =
                new FlowTable<>(1, new HeapRoom(Heap.OWN), 1, timeouts, Flow::new, (ended, reason) -> {}).begin(packet);
        flow.count(Direction.TO_SERVER, packet);
        return new String(ids.of(flow), StandardCharsets.US_ASCII);
    }
}
