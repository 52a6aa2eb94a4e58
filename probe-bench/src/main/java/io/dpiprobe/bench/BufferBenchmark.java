// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.EventBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Gives a benchmark an event buffer in a directory of its own. */
public abstract class BufferBenchmark extends PartBenchmark {
    private @Nullable Path dir;
    private @Nullable EventBuffer buffer;

    @Setup
    public void openBuffer() throws IOException {
        dir = Files.createTempDirectory("buffer-benchmark");
        buffer = EventBuffer.open(BufferConfig.defaults(dir, "00000000"));
    }

    @TearDown
    public void closeBuffer() throws IOException {
        if (buffer != null && dir != null) {
            buffer.close();
            IoUtil.delete(dir.toFile(), false);
        }
    }

    final EventBuffer buffer() {
        if (buffer == null) {
            throw new IllegalStateException("the buffer is not open");
        }
        return buffer;
    }
}
