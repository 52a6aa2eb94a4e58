// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import io.dpiprobe.buffer.Bound;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Replays a capture file at the pace of its timestamps, or a multiple of it.
 *
 * <p>A packet whose time has not come is kept and {@link #poll} returns at once; it never waits.
 */
public final class PacedSource implements PacketSource {
    /** A step back in time is a new beginning (files that were joined); smaller ones are packets out of order. */
    private static final long NEW_BEGINNING_NS = 1_000_000_000L;
    /** Nobody waits longer for the next packet: the timestamp is broken. */
    @Bound(
            of = "a pause between two packets of a file read at its pace",
            then = "the next comes at once",
            unit = Bound.Unit.NANOSECONDS)
    private static final long LONGEST_GAP_NS = 3_600_000_000_000L;

    private final PacketSource source;
    private final double speed;
    private final NanoClock clock;
    private final PacketHandler keep = this::keep;
    private final RawPacket kept = new RawPacket();
    private UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(65_536));

    private boolean holding;
    private boolean begun;
    private long beginNs;
    private long beginTimestampNs;
    private long lastTimestampNs;

    /**
     * @param speed 1 is the speed of the capture, 2 twice as fast; above 0
     * @param clock monotonic
     */
    public PacedSource(PacketSource source, double speed, NanoClock clock) {
        this.source = source;
        this.speed = speed;
        this.clock = clock;
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        long nowNs = clock.nanoTime();
        int count = 0;
        while (count < limit && fetch() && isDue(nowNs)) {
            holding = false;
            count++;
            handler.onPacket(kept);
        }
        return count;
    }

    @Override
    public boolean isExhausted() {
        return !holding && source.isExhausted();
    }

    @Override
    public SourceCounters counters() {
        return source.counters();
    }

    @Override
    public void close() {
        source.close();
    }

    private boolean fetch() throws IOException {
        if (!holding) {
            source.poll(keep, 1);
        }
        return holding;
    }

    private void keep(RawPacket packet) {
        int length = packet.capturedLength();
        if (length > bytes.capacity()) {
            bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        }
        bytes.putBytes(0, packet.bytes(), 0, length);
        kept.wrap(bytes, 0, length).header(packet.timestampNs(), packet.wireLength(), packet.linkType());
        holding = true;
    }

    private boolean isDue(long nowNs) {
        long timestampNs = kept.timestampNs();
        long step = timestampNs - lastTimestampNs;
        if (!begun || step < -NEW_BEGINNING_NS || step > LONGEST_GAP_NS) {
            begun = true;
            beginNs = nowNs;
            beginTimestampNs = timestampNs;
        }
        lastTimestampNs = timestampNs;
        return (nowNs - beginNs) * speed >= timestampNs - beginTimestampNs;
    }
}
