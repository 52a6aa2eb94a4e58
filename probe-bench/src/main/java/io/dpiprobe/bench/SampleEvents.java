// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.capture.PacketPipeline;
import io.dpiprobe.capture.PipelineConfig;
import io.dpiprobe.capture.Protocols;
import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.Sampling;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.source.RawPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps the events of some conversations, to be offered again and again. */
final class SampleEvents implements EventSink {
    private static final long START_NS = Duration.ofDays(20_000).toNanos();

    private static final int NOISE_BYTES = 700;

    private final List<UnsafeBuffer> events = new ArrayList<>();
    private final long[] seq = {1, 1, 1};

    /** Plays conversations until there are so many events. */
    static List<UnsafeBuffer> of(Trace trace, int count) {
        SampleEvents sample = new SampleEvents();
        PipelineConfig config = new PipelineConfig(
                new EventIdentity("bench", "00000000", 0),
                PacketNumbers.HIDDEN,
                EnumSet.allOf(EventType.class),
                1 << 20,
                FlowTimeouts.of(Duration.ofMinutes(5)),
                Duration.ofMinutes(5),
                Checksums.IGNORED,
                42,
                Sampling.none());
        PacketPipeline pipeline = new PacketPipeline(config, Protocols.registry(), sample);
        RawPacket raw = new RawPacket();
        long timeNs = START_NS;
        for (int number = 0; sample.events.size() < count; number++) {
            for (byte[] frame : trace.conversation(number)) {
                raw.wrap(new UnsafeBuffer(frame), 0, frame.length).header(timeNs++, frame.length, LinkType.ETHERNET);
                pipeline.onPacket(raw);
            }
        }
        pipeline.finish();
        return sample.events;
    }

    /** Makes events of printable characters without any pattern. */
    static List<UnsafeBuffer> noise(int count) {
        Random random = new Random(42);
        List<UnsafeBuffer> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] event = new byte[NOISE_BYTES];
            for (int j = 0; j < event.length; j++) {
                event[j] = (byte) random.nextInt(' ', '~');
            }
            events.add(new UnsafeBuffer(event));
        }
        return events;
    }

    @Override
    public long nextSeq(Lane lane) {
        return seq[lane.ordinal()];
    }

    @Override
    public boolean offer(Lane lane, DirectBuffer event, int offset, int length) {
        seq[lane.ordinal()]++;
        byte[] copy = new byte[length];
        event.getBytes(offset, copy);
        events.add(new UnsafeBuffer(copy));
        return true;
    }

    @Override
    public void refuse(Lane lane, DropReason reason) {
        throw new IllegalStateException("an event was refused: " + reason);
    }

    @Override
    public void onTick(long nowNs) {}

    @Override
    public void flush() {}
}
