// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.reading;

import io.dpiprobe.capture.PacketPipeline;
import io.dpiprobe.capture.Protocols;
import io.dpiprobe.capture.source.CaptureFiles;
import io.dpiprobe.capture.source.PacketSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads capture files as one capture, in the order given, and writes the events to a stream. */
public final class FileReading {
    private static final int PACKETS_PER_POLL = 4096;

    private final ReadOptions options;
    private final Progress progress;

    public FileReading(ReadOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Writes every event of the files; when a file breaks off, first those of all packets before the broken place.
     *
     * @throws IOException if a file cannot be read to its end, or the stream cannot be written
     */
    public void read(List<Path> files, OutputStream out) throws IOException {
        EventLines lines = new EventLines(out);
        try {
            PacketPipeline pipeline =
                    new PacketPipeline(options.pipelineConfig(sizeOf(files)), Protocols.registry(), lines);
            try {
                for (Path file : files) {
                    readPackets(file, pipeline, lines);
                }
            } finally {
                pipeline.finish();
                lines.flush();
                out.flush();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void readPackets(Path file, PacketPipeline pipeline, EventLines lines) throws IOException {
        try (PacketSource source = CaptureFiles.open(file)) {
            while (!source.isExhausted()) {
                source.poll(pipeline, PACKETS_PER_POLL);
                progress.show(file, source.counters(), lines.written());
            }
        } finally {
            progress.clear();
        }
    }

    private static long sizeOf(List<Path> files) throws IOException {
        long size = 0;
        for (Path file : files) {
            size += Files.size(file);
        }
        return size;
    }
}
