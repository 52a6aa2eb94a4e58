// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.packet.PacketBytes;
import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens to flows when the heap is nearly full, on a heap that the test fills. */
class HeapRoomTest {
    private static final int FLOWS = 8 * HeapRoom.FLOWS_BETWEEN_LOOKS * 8;

    private final FilledHeap heap = new FilledHeap();
    private final HeapRoom room = new HeapRoom(heap);
    private final FlowTable<Flow> table = new FlowTable<>(
            1_000_000, room, 42, FlowTimeouts.of(Duration.ofMinutes(5)), Flow::new, (flow, reason) -> {});

    private int begun;

    @Test
    @Tag("limit:HeapRoom.FULL_PERCENT")
    void endsAnEighthOfTheFlowsWhenTheHeapIsNearlyFull() {
        heap.percent = HeapRoom.FULL_PERCENT - 1;
        begin(FLOWS);
        assertThat(table.active()).isEqualTo(FLOWS);

        heap.percent = HeapRoom.FULL_PERCENT;
        begin(FLOWS);

        assertThat(table.active()).isBetween(FLOWS / 8 * 7, (FLOWS + HeapRoom.FLOWS_BETWEEN_LOOKS) / 8 * 7);
        assertThat(table.ended(EndReason.FORCED)).isEqualTo(begun - table.active());
        assertThat(table.endedForHeap()).isEqualTo(begun - table.active());
    }

    @Test
    void endsMoreWhenACollectionHasFoundThatItWasNotEnough() {
        begin(FLOWS);
        heap.percent = 99;
        begin(FLOWS);
        int active = table.active();
        heap.collections++;
        begin(FLOWS);

        assertThat(table.active()).isBetween(active / 8 * 7 - 1, active - 1);
    }

    @Test
    void leavesEachWorkerFlowsToFollow() {
        heap.percent = 99;
        for (int i = 0; i < 100; i++) {
            begin(HeapRoom.FLOWS_BETWEEN_LOOKS);
            heap.collections++;
        }

        assertThat(table.active()).isEqualTo(HeapRoom.LEAST_FLOWS);
    }

    @Test
    void letsThemGrowAgainWhenThereIsRoom() {
        begin(FLOWS);
        heap.percent = 99;
        begin(FLOWS);
        heap.percent = HeapRoom.EASY_PERCENT - 1;
        begin(FLOWS);

        assertThat(table.active()).isGreaterThan(FLOWS);
    }

    @Test
    void keepsNoMoreThanTheNextFlowsNeedWhileItIsFull() {
        ArrayDeque<Integer> kept = new ArrayDeque<>();
        for (int i = 0; i < 10_000; i++) {
            room.keep(i, kept);
        }
        assertThat(kept).hasSize(10_000);

        heap.percent = 99;
        begin(HeapRoom.FLOWS_BETWEEN_LOOKS);
        room.keep(0, kept);

        assertThat(kept).hasSizeBetween(1, 1000);
    }

    @Test
    void sharesASmallHeap() {
        assertThat(room.share(10)).isEqualTo(10);
        assertThat(room.share(50)).isEqualTo(100 / 8);
    }

    private void begin(int flows) {
        for (int i = 0; i < flows; i++) {
            begun++;
            String client = "10.0." + (begun >> 8 & 0xff) + "." + (begun & 0xff);
            Packet packet = FlowTableTest.decode(
                    PacketBytes.from(client, 1024 + (begun >> 16))
                            .to("10.1.0.1", 53)
                            .udp(new byte[1]),
                    0);
            table.begin(packet);
        }
    }

    private static final class FilledHeap implements Heap {
        long percent;
        long collections;

        @Override
        public long usedBytes() {
            return percent;
        }

        @Override
        public long maxBytes() {
            return 100;
        }

        @Override
        public long collections() {
            return collections;
        }
    }
}
