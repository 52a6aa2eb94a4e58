// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.source.PacketHandler;
import io.dpiprobe.capture.source.PacketSource;
import io.dpiprobe.capture.source.RawPacket;
import io.dpiprobe.capture.source.SourceCounters;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** Replays the sample traffic at a rate, with frames damaged, cut short, lost and repeated, and a clock that jumps. */
public final class MixedTraffic implements PacketSource {
    private static final long JUMP_NS = TimeUnit.HOURS.toNanos(1);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final SampleTraffic traffic;
    private final Random random;
    private final int packetsPerSecond;
    private final RawPacket packet = new RawPacket();
    private List<Frame> frames = List.of();
    private int next;
    private int round;
    private long startedNs;
    private long handed;
    private long roundNs;
    private volatile boolean isEnding;
    private volatile SourceCounters counters = SourceCounters.ZERO;

    public MixedTraffic(long seed, int packetsPerSecond) throws IOException {
        this.traffic = SampleTraffic.create();
        this.random = new Random(seed);
        this.packetsPerSecond = packetsPerSecond;
    }

    /** No more packets from now on; for any thread. */
    public void end() {
        isEnding = true;
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        long nowNs = System.nanoTime();
        if (startedNs == 0) {
            startedNs = nowNs;
        }
        long due = (long) ((nowNs - startedNs) / (double) SECOND_NS * packetsPerSecond);
        int count = 0;
        while (count < limit && handed < due && !isEnding) {
            hand(handler);
            handed++;
            count++;
        }
        return count;
    }

    private void hand(PacketHandler handler) throws IOException {
        if (next == frames.size()) {
            frames = traffic.round(round++);
            next = 0;
            long jump = random.nextInt(200) == 0 ? random.nextLong(-JUMP_NS, JUMP_NS) : 0;
            roundNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) + jump;
        }
        Frame frame = frames.get(next++);
        switch (random.nextInt(50)) {
            case 0 -> deliver(handler, frame, damaged(frame.bytes()));
            case 1 -> deliver(handler, frame, Arrays.copyOf(frame.bytes(), random.nextInt(frame.bytes().length)));
            case 2 -> {
                // lost before it was captured
            }
            case 3 -> {
                deliver(handler, frame, frame.bytes());
                deliver(handler, frame, frame.bytes());
            }
            default -> deliver(handler, frame, frame.bytes());
        }
    }

    private byte[] damaged(byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }

    private void deliver(PacketHandler handler, Frame frame, byte[] bytes) {
        counters = counters.plus(new SourceCounters(1, bytes.length, 0, 0));
        handler.onPacket(packet.wrap(new UnsafeBuffer(bytes), 0, bytes.length)
                .header(roundNs + frame.offsetNs(), frame.bytes().length, LinkType.ETHERNET));
    }

    @Override
    public boolean isExhausted() {
        return isEnding;
    }

    @Override
    public SourceCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        isEnding = true;
    }
}
