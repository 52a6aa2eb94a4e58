// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Measures an offer to a full buffer that nobody empties: each segment taken is one dropped. */
public class OfferBenchmark extends BufferBenchmark {
    private static final int EVENT_BYTES = 600;

    private final UnsafeBuffer event = new UnsafeBuffer(new byte[EVENT_BYTES]);
    private @Nullable EventSink sink;

    @Setup
    public void fill() {
        event.setMemory(0, EVENT_BYTES, (byte) 'x');
        sink = buffer().sink(0);
    }

    /** One event of 600 bytes. */
    @Benchmark
    public boolean offer() {
        return sink != null && sink.offer(Lane.HIGH, event, 0, EVENT_BYTES);
    }
}
