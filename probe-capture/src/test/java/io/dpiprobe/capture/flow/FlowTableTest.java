// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.Decoder;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.packet.PacketBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<String> ended = new ArrayList<>();
    private FlowTable<Flow> table = table(1000);

    @Test
    void findsAFlowFromBothSides() {
        Flow flow = table.begin(packet("10.0.0.1", 1, "10.0.0.2", 2, 0));

        assertThat(table.find(packet("10.0.0.1", 1, "10.0.0.2", 2, 0))).isSameAs(flow);
        assertThat(table.find(packet("10.0.0.2", 2, "10.0.0.1", 1, 0))).isSameAs(flow);
        assertThat(flow.directionOf(packet("10.0.0.2", 2, "10.0.0.1", 1, 0))).isEqualTo(Direction.TO_CLIENT);
    }

    @Test
    void keepsApartWhatDiffersInOnePart() {
        table.begin(packet("10.0.0.1", 1, "10.0.0.2", 2, 0));

        assertThat(table.find(packet("10.0.0.1", 2, "10.0.0.2", 1, 0))).isNull();
        assertThat(table.find(packet("10.0.0.1", 1, "10.0.0.3", 2, 0))).isNull();
        assertThat(table.find(decode(
                        PacketBytes.from("10.0.0.1", 1)
                                .to("10.0.0.2", 2)
                                .vlans(5)
                                .udp(new byte[1]),
                        0)))
                .isNull();
        assertThat(table.find(
                        decode(PacketBytes.from("10.0.0.1", 1).to("10.0.0.2", 2).tcp(2, 0, 0, new byte[0]), 0)))
                .isNull();
    }

    @Test
    @Tag("limit:FLOW_TIMEOUT_SECONDS")
    void endsAQuietFlowAfterTheTimeoutOfItsState() {
        table.advance(0);
        touch(table.begin(packet("10.0.0.1", 1, "10.0.0.2", 2, 0)), 0);
        table.advance(29 * SECOND);
        assertThat(ended).isEmpty();

        table.advance(30 * SECOND);
        assertThat(ended).containsExactly("1 TIMEOUT");
        assertThat(table.active()).isZero();
    }

    @Test
    void endsAFlowThatIsFoundTooLate() {
        table.advance(0);
        Flow flow = table.begin(packet("10.0.0.1", 1, "10.0.0.2", 2, 0));
        flow.state(FlowState.ESTABLISHED);
        table.touch(flow);
        table.advance(300 * SECOND - 1);
        assertThat(ended).isEmpty();
        table.advance(300 * SECOND + 1); // within a second of the last sweep

        assertThat(table.find(packet("10.0.0.1", 1, "10.0.0.2", 2, 0))).isNull();
        assertThat(ended).containsExactly("1 TIMEOUT");
    }

    @Test
    void letsTimeStandStillWhereACaptureGoesBack() {
        table.advance(1_000_000 * SECOND);
        touch(table.begin(packet("10.0.0.1", 1, "10.0.0.2", 2, 5 * SECOND)), 5 * SECOND);
        table.advance(5 * SECOND);
        table.advance(34 * SECOND);
        assertThat(ended).isEmpty();

        table.advance(35 * SECOND);
        assertThat(ended).containsExactly("1 TIMEOUT");
    }

    @Test
    @Tag("limit:FlowTable.EVICTION_SAMPLE")
    void endsTheLeastRecentlyActiveOfASampleWhenFull() {
        table = table(8);
        for (int i = 1; i <= 8; i++) {
            table.advance(i * SECOND);
            touch(table.begin(packet("10.0.0.1", i, "10.0.0.2", 2, i * SECOND)), i * SECOND);
        }
        table.begin(packet("10.0.0.1", 9, "10.0.0.2", 2, 9 * SECOND));

        assertThat(ended).containsExactly("1 FORCED");
        assertThat(table.endedForHeap()).isZero();
        assertThat(table.active()).isEqualTo(8);
    }

    @Test
    void agreesWithAMapWhateverTheOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        table = table(5000);
        Map<Integer, Flow> model = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            int port = 1 + random.nextInt(4000);
            Packet packet = packet("10.0.0.1", port, "10.0.0.2", 2, 0);
            Flow found = table.find(packet);
            assertThat(found).as("seed %d step %d", seed, step).isSameAs(model.get(port));
            if (found == null) {
                model.put(port, table.begin(packet));
            } else if (random.nextInt(3) == 0) {
                table.end(found, EndReason.SHUTDOWN);
                model.remove(port);
            }
        }
        assertThat(table.active()).isEqualTo(model.size());
    }

    @Test
    void namesTheSameFlowTheSameEveryTime() {
        long id = table.begin(packet("10.0.0.1", 1, "10.0.0.2", 2, 7)).id();

        assertThat(table(1000).begin(packet("10.0.0.1", 1, "10.0.0.2", 2, 7)).id())
                .isEqualTo(id);
        assertThat(id).isBetween(0L, (1L << 53) - 1);
    }

    private FlowTable<Flow> table(int maxFlows) {
        FlowTimeouts timeouts = FlowTimeouts.of(Duration.ofMinutes(5));
        FlowListener<Flow> listener = (flow, reason) -> ended.add(flow.clientPort() + " " + reason);
        return new FlowTable<>(maxFlows, new HeapRoom(Heap.OWN), 42, timeouts, Flow::new, listener);
    }

    private void touch(Flow flow, long timeNs) {
        flow.count(Direction.TO_SERVER, packet("10.0.0.1", flow.clientPort(), "10.0.0.2", 2, timeNs));
        table.touch(flow);
    }

    private static Packet packet(String from, int fromPort, String to, int toPort, long timeNs) {
        return decode(PacketBytes.from(from, fromPort).to(to, toPort).udp(new byte[1]), timeNs);
    }

    static Packet decode(byte[] frame, long timeNs) {
        Packet packet = new Packet();
        packet.header(timeNs, 1, frame.length);
        assertThat(new Decoder(Checksums.IGNORED).decode(new UnsafeBuffer(frame), LinkType.ETHERNET, packet))
                .isNull();
        return packet;
    }
}
