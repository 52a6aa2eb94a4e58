// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.capture.source.CaptureFiles;
import io.dpiprobe.capture.source.PacketHandler;
import io.dpiprobe.capture.source.PacketSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Measures reading a capture file with nothing behind it, per packet; opening the file is part of it. */
public class SourceBenchmark extends PartBenchmark {
    static final int PACKETS = 100_000;
    private static final int POLL_LIMIT = 256;

    private @Nullable Path file;
    private long octets;
    private final PacketHandler counter = packet -> octets += packet.capturedLength();

    @Setup
    public void writeFile() throws IOException {
        file = Files.createTempFile("source-benchmark", ".pcap");
        try (TraceFile trace = new TraceFile(file)) {
            trace.write(Trace.MIXED, 0, PACKETS);
        }
    }

    @TearDown
    public void deleteFile() throws IOException {
        if (file != null) {
            Files.delete(file);
        }
    }

    /** One packet of a file of mixed traffic in the page cache. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long packet() throws IOException {
        if (file == null) {
            throw new IllegalStateException("there is no file");
        }
        try (PacketSource source = CaptureFiles.open(file)) {
            while (!source.isExhausted()) {
                source.poll(counter, POLL_LIMIT);
            }
        }
        return octets;
    }
}
