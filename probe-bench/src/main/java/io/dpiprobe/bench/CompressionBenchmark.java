// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.transport.wire.Body;
import io.dpiprobe.transport.wire.BodyWriter;
import io.dpiprobe.transport.wire.ContentCoding;
import io.dpiprobe.transport.wire.Format;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Measures making a request body of a batch from memory: compression, and the digest. */
public class CompressionBenchmark extends PartBenchmark {
    private static final int EVENTS = 400;

    @Param
    ContentCoding coding = ContentCoding.ZSTD;

    private final PreparedBatch batch = PreparedBatch.plain(SampleEvents.of(Trace.MIXED, EVENTS));
    private final BodyWriter bodies = new BodyWriter(Format.NDJSON, "bench");

    /** One batch of 400 events of mixed traffic. */
    @Benchmark
    public Body batch() {
        return bodies.whole(batch, coding);
    }
}
