// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.EventBuffer;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Measures an offer to a full buffer that nobody empties: each segment taken is one dropped. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Dagrona.disable.bounds.checks=true",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"
        })
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class OfferBenchmark {
    private static final int EVENT_BYTES = 600;

    private final UnsafeBuffer event = new UnsafeBuffer(new byte[EVENT_BYTES]);
    private @Nullable Path dir;
    private @Nullable EventBuffer buffer;
    private @Nullable EventSink sink;

    @Setup(Level.Trial)
    public void open() throws IOException {
        event.setMemory(0, EVENT_BYTES, (byte) 'x');
        dir = Files.createTempDirectory("offer-benchmark");
        buffer = EventBuffer.open(BufferConfig.defaults(dir, "00000000"));
        sink = buffer.sink(0);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        if (buffer != null && dir != null) {
            buffer.close();
            try (Stream<Path> files = Files.walk(dir)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
        }
    }

    /** One event of 600 bytes. */
    @Benchmark
    public boolean offer() {
        return sink != null && sink.offer(Lane.HIGH, event, 0, EVENT_BYTES);
    }
}
