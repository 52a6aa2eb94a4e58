// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.source.CaptureFiles;
import io.dpiprobe.capture.source.PacketSource;
import io.dpiprobe.capture.source.RawPacket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Measures the whole capture path on the packets of a capture file, per packet: any dissector, on a capture of its
 * protocol ({@code -p capture=FILE,FILE}). Without one it takes some conversations of the mixed trace.
 */
public class CaptureBenchmark extends PartBenchmark {
    private static final int POLL = 256;
    private static final int CONVERSATIONS = 200;

    @Param("")
    String capture = "";

    private final List<Frame> frames = new ArrayList<>();
    private final DiscardedEvents events = new DiscardedEvents();
    private final Playback playback = new Playback(0, events);
    private int next;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Frame(byte[] bytes, int linkType) {}

    @Setup
    public void readCapture() throws IOException {
        if (capture.isEmpty()) {
            for (int number = 0; number < CONVERSATIONS; number++) {
                Trace.MIXED.conversation(number).forEach(bytes -> frames.add(new Frame(bytes, LinkType.ETHERNET)));
            }
            return;
        }
        try (PacketSource source = CaptureFiles.open(Path.of(capture))) {
            while (!source.isExhausted()) {
                source.poll(this::keep, POLL);
            }
        }
    }

    private void keep(RawPacket raw) {
        byte[] bytes = new byte[raw.capturedLength()];
        raw.bytes().getBytes(0, bytes);
        frames.add(new Frame(bytes, raw.linkType()));
    }

    /** One packet; after the last comes the first, an hour later. */
    @Benchmark
    public long packet() {
        Frame frame = frames.get(next);
        playback.play(frame.bytes(), frame.linkType());
        if (++next == frames.size()) {
            next = 0;
            playback.pause();
        }
        return events.offered();
    }
}
