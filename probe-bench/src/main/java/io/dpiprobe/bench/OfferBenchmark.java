// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.EventBuffer;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Measures an offer to a full buffer that nobody empties: each segment taken is one dropped. */
public class OfferBenchmark extends PartBenchmark {
    private static final int EVENT_BYTES = 600;

    private final UnsafeBuffer event = new UnsafeBuffer(new byte[EVENT_BYTES]);
    private @Nullable Path dir;
    private @Nullable EventBuffer buffer;
    private @Nullable EventSink sink;

    @Setup
    public void open() throws IOException {
        event.setMemory(0, EVENT_BYTES, (byte) 'x');
        dir = Files.createTempDirectory("offer-benchmark");
        buffer = EventBuffer.open(BufferConfig.defaults(dir, "00000000"));
        sink = buffer.sink(0);
    }

    @TearDown
    public void close() throws IOException {
        if (buffer != null && dir != null) {
            buffer.close();
            IoUtil.delete(dir.toFile(), false);
        }
    }

    /** One event of 600 bytes. */
    @Benchmark
    public boolean offer() {
        return sink != null && sink.offer(Lane.HIGH, event, 0, EVENT_BYTES);
    }
}
