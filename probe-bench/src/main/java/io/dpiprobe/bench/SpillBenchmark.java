// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.EventBuffer;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.IoUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures how events get to disk, per event: offered to a buffer while Core is away, compressed by blocks, written and
 * forced, all on one thread.
 */
public class SpillBenchmark extends PartBenchmark {
    static final int EVENTS = 10_000;

    @Param
    Content content = Content.MIXED;

    private List<UnsafeBuffer> events = List.of();
    private @Nullable Path dir;
    private @Nullable EventBuffer buffer;

    /** What the events are made of. */
    public enum Content {
        MIXED,
        NOISE
    }

    @Setup
    public void open() throws IOException {
        events = content == Content.NOISE ? SampleEvents.noise(EVENTS) : SampleEvents.of(Trace.MIXED, EVENTS);
        dir = Files.createTempDirectory("spill-benchmark");
        buffer = EventBuffer.open(BufferConfig.defaults(dir, "00000000"));
        buffer.deliveryUnavailable(true);
    }

    @TearDown
    public void close() throws IOException {
        if (buffer != null && dir != null) {
            buffer.close();
            IoUtil.delete(dir.toFile(), false);
        }
    }

    /** One event. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void event() throws Exception {
        if (buffer == null) {
            throw new IllegalStateException("there is no buffer");
        }
        EventSink sink = buffer.sink(0);
        for (int i = 0; i < EVENTS; i++) {
            UnsafeBuffer event = events.get(i);
            sink.offer(Lane.NORMAL, event, 0, event.capacity());
        }
        sink.flush();
        Agent agent = buffer.spillAgent();
        while (agent.doWork() > 0) {
            // until all is on disk
        }
    }
}
