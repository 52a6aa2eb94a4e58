// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.packet.TcpFlags;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * One worker writes the same bytes every time. Several workers each see whole flows, so that together they write the same
 * events; their order, numbers and times of flow records are those of each worker.
 */
class ReplayTest {
    private static final int FLOWS = 300;
    /** Who is a.b (type A)? */
    private static final byte[] QUESTION =
            HexFormat.ofDelimiter(" ").parseHex("00 07 01 00 00 01 00 00 00 00 00 00 01 61 01 62 00 00 01 00 01");

    /** A packet, and the number of its flow. */
    private static final class Frame {
        private final int flow;
        private final byte[] bytes;

        Frame(int flow, byte[] bytes) {
            this.flow = flow;
            this.bytes = bytes;
        }
    }

    @Test
    void writesTheSameBytesEveryTime() {
        List<Frame> traffic = traffic();

        List<String> first = replay(traffic, 1, 0).events().lines();
        List<String> second = replay(traffic, 1, 0).events().lines();

        assertThat(first).hasSizeGreaterThan(FLOWS);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void workersTogetherWriteWhatOneWrites() {
        List<Frame> traffic = traffic();
        TreeSet<String> expected = new TreeSet<>(essences(replay(traffic, 1, 0)));

        for (int workers = 2; workers <= 4; workers++) {
            TreeSet<String> together = new TreeSet<>();
            for (int worker = 0; worker < workers; worker++) {
                together.addAll(essences(replay(traffic, workers, worker)));
            }
            assertThat(together).isEqualTo(expected);
        }
    }

    private static Dialogue replay(List<Frame> traffic, int workers, int worker) {
        Dialogue dialogue = Dialogue.udp(9);
        for (Frame each : traffic) {
            if (each.flow % workers == worker) {
                dialogue = dialogue.frame(each.bytes);
            }
        }
        return dialogue.close();
    }

    /** Events without what belongs to the worker that wrote them. */
    private static List<String> essences(Dialogue dialogue) {
        List<String> essences = new ArrayList<>();
        for (JsonNode each : dialogue.events().all()) {
            ObjectNode event = each.deepCopy();
            event.remove(List.of("timestamp", "pcap_cnt", "flow_id", "probe"));
            if (event.path("flow") instanceof ObjectNode flow) {
                flow.remove(List.of("start", "end", "age", "reason"));
            }
            essences.add(event.toString());
        }
        return essences;
    }

    /** Flows of four kinds, their packets mixed. */
    private static List<Frame> traffic() {
        Random random = new Random(7);
        List<List<byte[]>> flows = new ArrayList<>();
        for (int i = 0; i < FLOWS; i++) {
            flows.add(flow(i, random));
        }
        List<Frame> mixed = new ArrayList<>();
        int[] next = new int[FLOWS];
        int left = flows.stream().mapToInt(List::size).sum();
        while (left > 0) {
            int flow = random.nextInt(FLOWS);
            if (next[flow] < flows.get(flow).size()) {
                mixed.add(new Frame(flow, flows.get(flow).get(next[flow]++)));
                left--;
            }
        }
        return mixed;
    }

    private static List<byte[]> flow(int number, Random random) {
        int port = 20_001 + number;
        return switch (number % 4) {
            case 0 -> List.of(ends(port, 53).udp(QUESTION), ends(port, 53).udp(QUESTION));
            case 1 -> List.of(ends(port, 5060).udp(ascii("OPTIONS sip:" + number + " SIP/2.0\r\n\r\n")));
            case 2 -> connection(port, 80, "GET /" + number + " HTTP/1.1\r\nHost: a\r\n\r\n");
            default -> {
                byte[] noise = new byte[1 + random.nextInt(100)];
                random.nextBytes(noise);
                yield List.of(ends(port, 9).udp(noise));
            }
        };
    }

    private static List<byte[]> connection(int port, int serverPort, String request) {
        PacketBytes client = ends(port, serverPort);
        PacketBytes server = PacketBytes.from("10.0.0.2", serverPort).to("10.0.0.1", port);
        byte[] nothing = {};
        int behind = 101 + request.length();
        return List.of(
                client.tcp(TcpFlags.SYN, 100, 0, nothing),
                server.tcp(TcpFlags.SYN | TcpFlags.ACK, 500, 101, nothing),
                client.tcp(TcpFlags.ACK, 101, 501, nothing),
                client.tcp(TcpFlags.ACK, 101, 501, ascii(request)),
                server.tcp(TcpFlags.ACK, 501, behind, ascii("HTTP/1.1 204 No\r\n\r\n")),
                client.tcp(TcpFlags.ACK, behind, 520, nothing),
                client.tcp(TcpFlags.FIN | TcpFlags.ACK, behind, 520, nothing));
    }

    private static PacketBytes ends(int port, int serverPort) {
        return PacketBytes.from("10.0.0.1", port).to("10.0.0.2", serverPort);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
