// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.capture.eve.EventWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.EndReason;
import io.dpiprobe.capture.flow.FlowTable;
import io.dpiprobe.capture.flow.Heap;
import io.dpiprobe.capture.flow.HeapRoom;
import io.dpiprobe.capture.packet.Decoder;
import io.dpiprobe.capture.packet.Defragmenter;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Packet;
import io.dpiprobe.capture.packet.QuotedPacket;
import io.dpiprobe.capture.packet.TcpFlags;
import io.dpiprobe.capture.packet.Undecodable;
import io.dpiprobe.capture.protocol.Inspector;
import io.dpiprobe.capture.protocol.Registry;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.source.PacketHandler;
import io.dpiprobe.capture.source.RawPacket;
import io.dpiprobe.capture.stream.BufferPool;
import io.dpiprobe.capture.stream.TcpSession;
import io.dpiprobe.capture.stream.TcpState;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns packets into events: decodes, finds the flow, reassembles, dissects. One per worker, used by its thread alone;
 * {@link #statistics()} may be read by any.
 */
public final class PacketPipeline implements PacketHandler {
    /** What reassembly may hold per worker: at a mean of 16 KiB, sixteen thousand connections with holes at once. */
    @Bound(
            of = "bytes that reassembly holds, for each worker; of a heap below 2 GiB an eighth",
            then = "further segments out of order are not held, and their holes given up",
            seen = "stream_gaps_total",
            unit = Bound.Unit.BYTES)
    private static final long REASSEMBLY_BYTES = 256L * 1024 * 1024;

    private final HeapRoom room = new HeapRoom(Heap.OWN);
    private final Registry registry;
    private final EventWriter events;
    private final Inspector inspector;
    private final FlowTable<Conversation> flows;
    private final FlowRecord flowRecord;
    private final ArpRecord arpRecord;
    private final BufferPool buffers = new BufferPool(room.share(REASSEMBLY_BYTES));
    private final ArrayDeque<TcpSession> idleSessions = new ArrayDeque<>();
    private final Decoder decoder;
    private final Defragmenter defragmenter = new Defragmenter();
    private final QuotedPacket quotedPacket = new QuotedPacket();
    private final Packet packet = new Packet();
    private final PipelineStatistics statistics;

    private final long updateIntervalNs;

    private long packetNumber;
    private long packetTimeNs;
    private PacketHandler onFailure = raw -> {};

    public PacketPipeline(PipelineConfig config, Registry registry, EventSink sink) {
        this.registry = registry;
        this.decoder = new Decoder(config.checksums());
        this.updateIntervalNs = config.flowUpdateInterval().toNanos();
        this.events = new EventWriter(
                sink, config.identity(), config.packetNumbers(), config.secrets(), config.types(), config.sampling());
        this.inspector = new Inspector(registry, new Session(events), room);
        this.flowRecord = new FlowRecord(events);
        this.arpRecord = new ArpRecord(events);
        this.flows = new FlowTable<>(
                config.maxFlows(), room, config.hashSeed(), config.timeouts(), Conversation::new, this::onFlowEnd);
        this.statistics = new PipelineStatistics(events, inspector, flows);
    }

    public PipelineStatistics statistics() {
        return statistics;
    }

    /** Shows to another each packet at which a dissector fails. */
    public void reportFailuresTo(PacketHandler handler) {
        onFailure = handler;
    }

    @Override
    public void onPacket(RawPacket raw) {
        long before = inspector.statistics().failures();
        read(raw);
        if (inspector.statistics().failures() != before) {
            onFailure.onPacket(raw);
        }
    }

    private void read(RawPacket raw) {
        packetNumber++;
        packetTimeNs = raw.timestampNs();
        flows.advance(packetTimeNs);
        inspector.onTime(packetTimeNs);
        packet.header(packetTimeNs, packetNumber, raw.wireLength());
        events.atPacket(packetTimeNs, packetNumber);
        @Nullable Undecodable undecodable = decoder.decode(raw.bytes(), raw.linkType(), packet);
        statistics.onDecoded(undecodable);
        if (undecodable == Undecodable.FRAGMENT) {
            undecodable = onFragment();
        }
        if (packet.arpOffset() >= 0) {
            arpRecord.write(packet);
        }
        while (undecodable == null) {
            onDecoded();
            if (!packet.isTunnel()) {
                return;
            }
            undecodable = decoder.decodeTunnelled(packet);
        }
        if (packet.anomalies() != 0) {
            inspector.onDecodeAnomalies(packet);
        }
    }

    /**
     * Moves time on while no packets come, so that quiet flows end.
     *
     * @param epochNs nanoseconds since the epoch, from the clock that stamps the packets
     */
    public void onTick(long epochNs) {
        packetTimeNs = Math.max(packetTimeNs, epochNs);
        flows.advance(packetTimeNs);
        inspector.onTime(packetTimeNs);
    }

    /** Ends every flow: the capture is over. */
    public void finish() {
        flows.endAll(EndReason.SHUTDOWN);
        inspector.onEnd(packetTimeNs);
    }

    /** Decodes the whole packet if this was its last missing fragment. */
    private @Nullable Undecodable onFragment() {
        DirectBuffer whole = defragmenter.add(packet);
        if (whole == null) {
            return Undecodable.FRAGMENT;
        }
        packet.header(packetTimeNs, packetNumber, whole.capacity());
        return decoder.decodeReassembled(whole, packet);
    }

    private void onDecoded() {
        if (packet.isIcmp() && countedToQuotedFlow()) {
            return;
        }
        Conversation flow = flows.find(packet);
        if (flow != null && flow.tcp != null && flow.tcp.isReusedBy(packet)) {
            flows.end(flow, EndReason.TCP_REUSE);
            events.atPacket(packet.timestampNs(), packetNumber);
            flow = null;
        }
        if (flow == null) {
            flow = begin();
        }
        Direction direction = flow.directionOf(packet);
        flow.count(direction, packet);
        if (packet.anomalies() != 0) {
            inspector.select(flow, flow.inspection).onDecodeAnomalies(direction, packet.anomalies());
        }
        if (packet.isTcp()) {
            onTcp(flow, direction);
        } else if (packet.protocol() == IpProtocol.UDP) {
            inspector.select(flow, flow.inspection).onDatagram(direction, packet);
        }
        flows.touch(flow);
        if (updateIntervalNs > 0 && packetTimeNs - flow.toldNs() >= updateIntervalNs) {
            events.atTime(packetTimeNs);
            flowRecord.writeUpdate(flow, packetTimeNs);
        }
    }

    /** An ICMP error belongs to the flow of the packet that it quotes, and goes against it. */
    private boolean countedToQuotedFlow() {
        Packet quoted = quotedPacket.of(packet);
        Conversation flow = quoted == null ? null : flows.find(quoted);
        if (quoted == null || flow == null) {
            return false;
        }
        flow.count(flow.directionOf(quoted).opposite(), packet);
        flows.touch(flow);
        return true;
    }

    private Conversation begin() {
        Conversation flow = flows.begin(packet);
        events.atPacket(packet.timestampNs(), packetNumber);
        flow.inspection.reset();
        if (flow.update != null) {
            flow.update.reset(flow.startNs());
        }
        if (comesFromServer()) {
            flow.swapDirection();
        }
        if (packet.isTcp()) {
            TcpSession idle = idleSessions.pollLast();
            flow.tcp = idle != null ? idle : new TcpSession(buffers);
        }
        return flow;
    }

    /** The first packet seen may be an answer: a SYN with ACK, or from a port where a protocol is served. */
    private boolean comesFromServer() {
        int syn = packet.tcpFlags() & (TcpFlags.SYN | TcpFlags.ACK);
        if (packet.isTcp() && (syn & TcpFlags.SYN) != 0) {
            return syn != TcpFlags.SYN;
        }
        return registry.isServerPort(packet.protocol(), packet.srcPort())
                && !registry.isServerPort(packet.protocol(), packet.dstPort());
    }

    private void onTcp(Conversation flow, Direction direction) {
        TcpSession tcp = flow.tcp;
        assert tcp != null;
        inspector.select(flow, flow.inspection);
        TcpState before = tcp.state();
        tcp.onPacket(packet, direction, inspector);
        if (tcp.isMidstream()) {
            flow.inspection.markMidstream();
        }
        // a reset may be forged: the flow's end is soon enough for what it leaves open
        boolean reset = (packet.tcpFlags() & TcpFlags.RST) != 0;
        if (tcp.state() == TcpState.CLOSED && before != TcpState.CLOSED && !reset) {
            tcp.finish(inspector);
            inspector.onStreamsEnd();
        }
        flow.state(tcp.state().flowState());
    }

    private void onFlowEnd(Conversation flow, EndReason reason) {
        events.atTime(packetTimeNs);
        inspector.select(flow, flow.inspection);
        @Nullable TcpSession tcp = flow.tcp;
        if (tcp != null) {
            tcp.finish(inspector);
        }
        inspector.onFlowEnd();
        flowRecord.write(flow, reason);
        if (tcp != null) {
            tcp.reset();
            flow.tcp = null;
            room.keep(tcp, idleSessions);
        }
    }
}
