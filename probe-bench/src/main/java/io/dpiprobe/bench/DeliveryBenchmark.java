// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.transport.Transport;
import io.dpiprobe.transport.TransportConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Measures delivery to a Core at the loopback interface, per batch of 400 events that are compressed already. */
public class DeliveryBenchmark extends PartBenchmark {
    private final RepeatedBatch source = new RepeatedBatch(PreparedBatch.compressed());
    private @Nullable QuietCore core;
    private @Nullable Path dir;
    private @Nullable Transport transport;

    @Setup
    public void open() throws IOException {
        core = QuietCore.open();
        dir = Files.createTempDirectory("delivery-benchmark");
        TransportConfig config = TransportConfig.defaults("bench", List.of(core.uri()), dir);
        transport = Transport.open(config, source, unavailable -> {});
        transport.onStart();
    }

    @TearDown
    public void close() throws IOException {
        if (core != null && dir != null && transport != null) {
            transport.onClose();
            core.close();
            IoUtil.delete(dir.toFile(), false);
        }
    }

    /** One batch settled, while others are under way. */
    @Benchmark
    public long batch() {
        if (transport == null) {
            throw new IllegalStateException("there is no transport");
        }
        for (long before = source.settled(); source.settled() == before; ) {
            transport.idleStrategy().idle(transport.doWork());
        }
        return source.settled();
    }
}
