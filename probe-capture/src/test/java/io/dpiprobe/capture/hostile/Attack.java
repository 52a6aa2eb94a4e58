// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.hostile;

import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.capture.PacketPipeline;
import io.dpiprobe.capture.PipelineConfig;
import io.dpiprobe.capture.PipelineStatistics;
import io.dpiprobe.capture.Protocols;
import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.Sampling;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.packet.Checksums;
import io.dpiprobe.capture.packet.LinkType;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.packet.TcpFlags;
import io.dpiprobe.capture.source.RawPacket;
import java.time.Duration;
import java.util.EnumSet;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends many packets through a pipeline whose events are only counted, and says what memory is held meanwhile. */
final class Attack implements EventSink {
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final byte[] NOTHING = {};

    private final PacketPipeline pipeline;
    private final RawPacket raw = new RawPacket();
    private final long[] seq = new long[Lane.values().length];
    private long nowNs = START_NS;
    private long eventBytes;
    private int clientSeq = 1000;

    Attack(int maxFlows) {
        PipelineConfig config = new PipelineConfig(
                new EventIdentity("test", "00000000", 0),
                PacketNumbers.HIDDEN,
                Secrets.HIDDEN,
                EnumSet.allOf(EventType.class),
                maxFlows,
                FlowTimeouts.of(Duration.ofMinutes(5)),
                Duration.ofMinutes(2),
                Checksums.IGNORED,
                42,
                Sampling.none());
        pipeline = new PacketPipeline(config, Protocols.registry(), this);
    }

    /** Bytes of the heap that are in use once all garbage is gone. */
    static long heapBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    PipelineStatistics statistics() {
        return pipeline.statistics();
    }

    long written(EventType type) {
        return statistics().eventsWritten()[type.ordinal()];
    }

    long eventBytes() {
        return eventBytes;
    }

    /** A frame, a microsecond after the last one. */
    Attack frame(byte[] frame) {
        return frame(frame, nowNs + 1000, frame.length, LinkType.ETHERNET);
    }

    Attack frame(byte[] frame, long atNs, int wireLength, int linkType) {
        nowNs = atNs;
        pipeline.onPacket(raw.wrap(new UnsafeBuffer(frame), 0, frame.length).header(nowNs, wireLength, linkType));
        return this;
    }

    /** Opens a connection from a client's port. */
    Attack open(int clientPort, int serverPort) {
        clientSeq = 1000;
        frame(client(clientPort, serverPort).tcp(TcpFlags.SYN, clientSeq++, 0, NOTHING));
        frame(server(clientPort, serverPort).tcp(TcpFlags.SYN | TcpFlags.ACK, 5000, clientSeq, NOTHING));
        return frame(client(clientPort, serverPort).tcp(TcpFlags.ACK, clientSeq, 5001, NOTHING));
    }

    /** The client of the connection opened last sends, and is acknowledged. */
    Attack sends(int clientPort, int serverPort, byte[] payload) {
        frame(client(clientPort, serverPort).tcp(TcpFlags.ACK | TcpFlags.PSH, clientSeq, 5001, payload));
        clientSeq += payload.length;
        return frame(server(clientPort, serverPort).tcp(TcpFlags.ACK, 5001, clientSeq, NOTHING));
    }

    static PacketBytes client(int clientPort, int serverPort) {
        return PacketBytes.from("10.0.0.1", clientPort).to("10.0.0.2", serverPort);
    }

    static PacketBytes server(int clientPort, int serverPort) {
        return PacketBytes.from("10.0.0.2", serverPort).to("10.0.0.1", clientPort);
    }

    Attack finish() {
        pipeline.finish();
        return this;
    }

    @Override
    public long nextSeq(Lane lane) {
        return ++seq[lane.ordinal()];
    }

    @Override
    public boolean offer(Lane lane, DirectBuffer event, int offset, int length) {
        eventBytes += length;
        return true;
    }

    @Override
    public void refuse(Lane lane, DropReason reason) {
        throw new AssertionError("refused: " + reason);
    }

    @Override
    public void onTick(long tickNs) {}

    @Override
    public void flush() {}
}
