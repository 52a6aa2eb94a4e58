// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.stream.BufferPool;
import io.dpiprobe.capture.stream.StreamAnomaly;
import io.dpiprobe.capture.stream.StreamConsumer;
import io.dpiprobe.capture.stream.TcpSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.DirectBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** Measures reassembly of a long TCP connection alone, per packet: two full segments, and what acknowledges them. */
public class ReassemblyBenchmark extends PartBenchmark {
    static final int PACKETS = 999;
    private static final int HANDSHAKE_AND_REQUEST = 5;

    private final TcpSession session = new TcpSession(new BufferPool(1 << 20));
    private final CountedBytes bytes = new CountedBytes();
    private List<Packet> inOrder = List.of();
    private List<Packet> outOfOrder = List.of();

    @Setup
    public void makePackets() {
        inOrder = DecodedPackets.of(Trace.BULK.conversation(1).subList(0, PACKETS));
        List<Packet> swapped = new ArrayList<>(inOrder);
        for (int i = HANDSHAKE_AND_REQUEST; i + 2 < PACKETS; i += 3) {
            Collections.swap(swapped, i, i + 1);
        }
        outOfOrder = swapped;
    }

    /** One packet where each segment follows the one before. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long inOrder() {
        return play(inOrder);
    }

    /** One packet where of each two segments the second comes first. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long outOfOrder() {
        return play(outOfOrder);
    }

    private long play(List<Packet> packets) {
        for (int i = 0; i < PACKETS; i++) {
            Packet packet = packets.get(i);
            session.onPacket(packet, packet.dstPort() == 80 ? Direction.TO_SERVER : Direction.TO_CLIENT, bytes);
        }
        session.finish(bytes);
        session.reset();
        return bytes.count;
    }

    /** Counts bytes and is done with them at once. */
    private static final class CountedBytes implements StreamConsumer {
        private long count;

        @Override
        public boolean wants(Direction from) {
            return true;
        }

        @Override
        public int onBytes(Direction from, DirectBuffer buffer, int offset, int length) {
            count += length;
            return length;
        }

        @Override
        public boolean takeRepeat() {
            return false;
        }

        @Override
        public void onGap(Direction from, long lost) {
            throw new IllegalStateException("nothing was lost");
        }

        @Override
        public void onAnomaly(Direction from, StreamAnomaly anomaly) {
            throw new IllegalStateException("nothing is wrong with the connection: " + anomaly);
        }
    }
}
