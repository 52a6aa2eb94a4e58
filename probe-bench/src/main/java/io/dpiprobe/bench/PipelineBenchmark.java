// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.capture.PacketPipeline;
import io.dpiprobe.capture.PipelineConfig;
import io.dpiprobe.capture.Protocols;
import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.Sampling;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.source.RawPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the whole capture path, per packet: decoding, flow table, reassembly, dissection, and writing every event.
 *
 * <p>Each round plays the same conversations an hour later, so that the flows of the round before end and their records
 * are part of the cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Dagrona.disable.bounds.checks=true", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class PipelineBenchmark {
    static final int PACKETS = 100_000;

    private static final long HOUR_NS = Duration.ofHours(1).toNanos();

    @Param
    Trace trace = Trace.DNS;

    private final RawPacket raw = new RawPacket();
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private final List<byte[]> frames = new ArrayList<>();
    private final DiscardedEvents events = new DiscardedEvents();
    private PacketPipeline pipeline = newPipeline();
    private long startNs = Duration.ofDays(20_000).toNanos();

    @Setup
    public void makeTrace() {
        for (int number = 0; frames.size() < PACKETS; number++) {
            frames.addAll(trace.conversation(number));
        }
        pipeline = newPipeline();
    }

    /** One packet through everything but the source and the buffer. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long packet() {
        for (int i = 0; i < PACKETS; i++) {
            byte[] frame = frames.get(i);
            bytes.wrap(frame);
            raw.wrap(bytes, 0, frame.length).header(startNs + i, frame.length, LinkType.ETHERNET);
            pipeline.onPacket(raw);
        }
        startNs += HOUR_NS;
        return events.offered();
    }

    private PacketPipeline newPipeline() {
        PipelineConfig config = new PipelineConfig(
                new EventIdentity("bench", "00000000", 0),
                PacketNumbers.HIDDEN,
                EnumSet.allOf(EventType.class),
                1 << 20,
                FlowTimeouts.of(Duration.ofMinutes(5)),
                Duration.ofMinutes(5),
                Checksums.IGNORED,
                42,
                Sampling.none());
        return new PacketPipeline(config, Protocols.registry(), events);
    }
}
