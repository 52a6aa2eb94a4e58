// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Measures how events get to disk, per event: offered to a buffer while Core is away, compressed by blocks, written and
 * forced, all on one thread.
 */
public class SpillBenchmark extends BufferBenchmark {
    static final int EVENTS = 10_000;

    @Param
    Content content = Content.MIXED;

    private List<UnsafeBuffer> events = List.of();

    /** What the events are made of. */
    public enum Content {
        MIXED,
        NOISE
    }

    @Setup
    public void readEvents() {
        events = content == Content.NOISE ? SampleEvents.noise(EVENTS) : SampleEvents.of(Trace.MIXED, EVENTS);
        buffer().deliveryUnavailable(true);
    }

    /** One event. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void event() throws Exception {
        EventSink sink = buffer().sink(0);
        for (int i = 0; i < EVENTS; i++) {
            UnsafeBuffer event = events.get(i);
            sink.offer(Lane.NORMAL, event, 0, event.capacity());
        }
        sink.flush();
        Agent agent = buffer().spillAgent();
        while (agent.doWork() > 0) {
            // until all is on disk
        }
    }
}
