// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.Decoder;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** Measures decoding of link, network and transport headers, per packet. */
public class DecodeBenchmark extends PartBenchmark {
    static final int PACKETS = 10_000;

    private final List<byte[]> frames = new ArrayList<>();
    private final Decoder decoder = new Decoder(Checksums.IGNORED);
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private final Packet packet = new Packet();

    @Setup
    public void makeTrace() {
        for (int number = 0; frames.size() < PACKETS; number++) {
            frames.addAll(Trace.MIXED.conversation(number));
        }
        frames.subList(PACKETS, frames.size()).clear();
    }

    /** One packet of mixed traffic. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long packet() {
        long ports = 0;
        for (int i = 0; i < PACKETS; i++) {
            byte[] frame = frames.get(i);
            bytes.wrap(frame);
            decoder.decode(bytes, LinkType.ETHERNET, packet);
            ports += packet.srcPort();
        }
        return ports;
    }
}
