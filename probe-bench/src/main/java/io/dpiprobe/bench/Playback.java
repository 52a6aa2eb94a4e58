// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.capture.PacketPipeline;
import io.dpiprobe.capture.PipelineConfig;
import io.dpiprobe.capture.Protocols;
import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.Sampling;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.source.RawPacket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Plays frames to a pipeline that has everything switched on, again and again, each time an hour later. */
final class Playback {
    private static final long HOUR_NS = Duration.ofHours(1).toNanos();

    private final RawPacket raw = new RawPacket();
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private final PacketPipeline pipeline;
    private long nowNs = Duration.ofDays(20_000).toNanos();

    Playback(int worker, EventSink sink) {
        PipelineConfig config = new PipelineConfig(
                new EventIdentity("bench", "00000000", worker),
                PacketNumbers.HIDDEN,
                Secrets.HIDDEN,
                EnumSet.allOf(EventType.class),
                1 << 20,
                FlowTimeouts.of(Duration.ofMinutes(5)),
                Duration.ofMinutes(5),
                Checksums.IGNORED,
                42,
                Sampling.none());
        pipeline = new PacketPipeline(config, Protocols.registry(), sink);
    }

    /** Plays frames of Ethernet, and lets an hour go by. */
    void play(List<byte[]> frames) {
        int count = frames.size();
        for (int i = 0; i < count; i++) {
            play(frames.get(i), LinkType.ETHERNET);
        }
        pause();
    }

    /** Plays a frame, a nanosecond after the one before. */
    void play(byte[] frame, int linkType) {
        bytes.wrap(frame);
        raw.wrap(bytes, 0, frame.length).header(nowNs++, frame.length, linkType);
        pipeline.onPacket(raw);
    }

    /** Lets an hour go by, so that every flow ends. */
    void pause() {
        nowNs += HOUR_NS;
    }

    /** Ends all flows. */
    void finish() {
        pipeline.finish();
    }
}
