// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.capture.flow.EndReason;
import io.dpiprobe.capture.flow.Flow;
import io.dpiprobe.capture.flow.FlowTable;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.flow.Heap;
import io.dpiprobe.capture.flow.HeapRoom;
import io.dpiprobe.capture.packet.Packet;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Measures the flow table alone, with few flows and with more than the caches of a processor hold. */
public class FlowLookupBenchmark extends PartBenchmark {
    private static final int MAX_FLOWS = 1 << 20;
    private static final int MOST_PACKETS = 1 << 17;

    @Param({"1000", "1000000"})
    int flows;

    private final FlowTable<Flow> table = new FlowTable<>(
            MAX_FLOWS,
            new HeapRoom(Heap.OWN),
            42,
            FlowTimeouts.of(Duration.ofMinutes(5)),
            Flow::new,
            (flow, reason) -> {});
    private Packet[] known = {};
    private Packet[] unknown = {};
    private int next;

    @Setup
    public void fill() {
        known = new Packet[Math.min(flows, MOST_PACKETS)];
        unknown = new Packet[known.length];
        for (int number = 0; number < flows; number++) {
            table.begin(DecodedPackets.first(Trace.TINY_FLOWS, number));
        }
        for (int i = 0; i < known.length; i++) {
            known[i] = DecodedPackets.first(Trace.TINY_FLOWS, (int) ((long) i * flows / known.length));
            unknown[i] = DecodedPackets.first(Trace.TINY_FLOWS, flows + i);
        }
    }

    /** Finds a flow, each time another. */
    @Benchmark
    public @Nullable Flow hit() {
        return table.find(known[step()]);
    }

    /** Finds that there is no flow. */
    @Benchmark
    public @Nullable Flow miss() {
        return table.find(unknown[step()]);
    }

    /** Begins a flow and ends it. */
    @Benchmark
    public Flow beginAndEnd() {
        Flow flow = table.begin(unknown[step()]);
        table.end(flow, EndReason.TIMEOUT);
        return flow;
    }

    private int step() {
        next = next + 1 < known.length ? next + 1 : 0;
        return next;
    }
}
