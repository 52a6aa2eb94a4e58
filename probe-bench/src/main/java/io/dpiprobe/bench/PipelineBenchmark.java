// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the whole capture path, per packet: decoding, flow table, reassembly, dissection, and writing every event.
 *
 * <p>Each round plays the same conversations an hour later, so that the flows of the round before end and their records
 * are part of the cost.
 */
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class PipelineBenchmark extends PartBenchmark {
    static final int PACKETS = 100_000;

    @Param
    Trace trace = Trace.DNS;

    private final List<byte[]> frames = new ArrayList<>();
    private final DiscardedEvents events = new DiscardedEvents();
    private final Playback playback = new Playback(0, events);

    @Setup
    public void makeTrace() {
        for (int number = 0; frames.size() < PACKETS; number++) {
            frames.addAll(trace.conversation(number));
        }
        frames.subList(PACKETS, frames.size()).clear();
    }

    /** One packet through everything but the source and the buffer. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long packet() {
        playback.play(frames);
        return events.offered();
    }
}
