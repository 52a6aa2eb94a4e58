// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.source.PacketHandler;
import io.dpiprobe.capture.source.PacketSource;
import io.dpiprobe.capture.source.RawPacket;
import io.dpiprobe.capture.source.SourceCounters;
import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** Replays the sample traffic in real time, again and again. */
final class SampleSource implements PacketSource {
    private static final long ROUND_NS = 2_000_000_000L;

    private final SampleTraffic traffic;
    private final EpochNanoClock clock;
    private final RawPacket packet = new RawPacket();
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private List<Frame> frames = List.of();
    private int next;
    private int round;
    private long roundBeginNs;
    private volatile SourceCounters counters = SourceCounters.ZERO;

    SampleSource(SampleTraffic traffic, EpochNanoClock clock) {
        this.traffic = traffic;
        this.clock = clock;
        this.roundBeginNs = clock.nanoTime() - ROUND_NS;
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        long nowNs = clock.nanoTime();
        if (next == frames.size() && nowNs - roundBeginNs >= ROUND_NS) {
            frames = traffic.round(round++);
            next = 0;
            roundBeginNs = nowNs;
        }
        int count = 0;
        while (count < limit && next < frames.size() && frames.get(next).offsetNs() <= nowNs - roundBeginNs) {
            hand(frames.get(next++), handler);
            count++;
        }
        return count;
    }

    private void hand(Frame frame, PacketHandler handler) {
        int length = frame.bytes().length;
        counters = counters.plus(new SourceCounters(1, length, 0, 0));
        bytes.wrap(frame.bytes());
        handler.onPacket(
                packet.wrap(bytes, 0, length).header(roundBeginNs + frame.offsetNs(), length, LinkType.ETHERNET));
    }

    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public SourceCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        frames = List.of();
        next = 0;
    }
}
