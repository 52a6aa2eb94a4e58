// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import io.dpiprobe.buffer.Admission;
import io.dpiprobe.buffer.DropReason;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.capture.flow.CommunityId;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.Flow;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Packet;
import java.util.Arrays;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes events: the fields that all have in common, then those of the caller, then the {@code probe} object, and hands
 * them to the sink. One per worker.
 */
public final class EventWriter {
    private static final String ON_WIRE = "wire/pcap";
    private static final String AT_FLOW_END = "stream (flow timeout)";

    private final EventSink sink;
    private final EventIdentity identity;
    private final PacketNumbers numbers;
    private final Secrets secrets;
    private final Sampler sampler;
    private final boolean[] wanted = new boolean[EventType.values().length];
    private final long[] written = new long[EventType.values().length];
    private final JsonWriter json;
    private final JsonWriter probe;
    private final UnsafeBuffer view;
    private final CommunityId communityId = new CommunityId();

    private long timestampNs;
    private long packetNumber;
    private EventType type = EventType.FLOW;
    private @Nullable Flow flow;

    /** Whether events name the packet that made them: they do when a file is read. */
    public enum PacketNumbers {
        SHOWN,
        HIDDEN
    }

    /**
     * Writes all events of some types, without secrets.
     *
     * @param types the events to write; others are left out without a sequence number
     */
    public EventWriter(EventSink sink, EventIdentity identity, PacketNumbers numbers, Set<EventType> types) {
        this(sink, identity, numbers, Secrets.HIDDEN, types, Sampling.none());
    }

    /**
     * Writes events of some types.
     *
     * @param secrets whether they show passwords and the like
     * @param sampling which of them are kept
     */
    public EventWriter(
            EventSink sink,
            EventIdentity identity,
            PacketNumbers numbers,
            Secrets secrets,
            Set<EventType> types,
            Sampling sampling) {
        this.sink = sink;
        this.identity = identity;
        this.numbers = numbers;
        this.secrets = secrets;
        this.json = new JsonWriter(secrets);
        this.probe = new JsonWriter(secrets);
        this.view = new UnsafeBuffer(json.bytes());
        this.sampler = new Sampler(sampling);
        types.forEach(each -> wanted[each.ordinal()] = true);
    }

    /** Says which packet the following events come from. */
    public void atPacket(long timestampNs, long packetNumber) {
        this.timestampNs = timestampNs;
        this.packetNumber = packetNumber;
    }

    /** Says that the following events come from no packet: a flow ended, or time passed. */
    public void atTime(long timestampNs) {
        this.timestampNs = timestampNs;
        this.packetNumber = 0;
    }

    public long timestampNs() {
        return timestampNs;
    }

    /** True if events of this type go anywhere: what only they need can be left undone. */
    public boolean wants(EventType type) {
        return wanted[type.ordinal()];
    }

    /** Whether events show passwords and the like. */
    public Secrets secrets() {
        return secrets;
    }

    /** Begins an event of a flow and writes what all such events have in common. */
    public JsonWriter begin(EventType type, Flow flow, Direction direction) {
        this.type = type;
        this.flow = flow;
        probe.clear().beginObject();
        json.clear().beginObject().timestamp("timestamp", timestampNs).number("flow_id", flow.id());
        if (flow.parentId() != 0) {
            json.number("parent_id", flow.parentId());
        }
        if (packetNumber > 0 && numbers == PacketNumbers.SHOWN) {
            json.number("pcap_cnt", packetNumber);
        }
        json.ascii("event_type", type.label());
        vlans(flow);
        endpoints(flow, direction);
        json.ascii("proto", IpProtocol.nameOf(flow.protocol())).number("ip_v", flow.ipVersion());
        icmp(flow);
        if (type != EventType.FLOW) {
            json.ascii("pkt_src", packetNumber > 0 ? ON_WIRE : AT_FLOW_END);
        }
        return json.asciiBytes("community_id", communityId.of(flow));
    }

    /** Begins an event that neither a flow nor a packet made. */
    public JsonWriter begin(EventType type) {
        this.type = type;
        this.flow = null;
        probe.clear().beginObject();
        return json.clear().beginObject().timestamp("timestamp", timestampNs).ascii("event_type", type.label());
    }

    /** Begins an event of a packet that belongs to no flow. */
    public JsonWriter begin(EventType type, Packet packet) {
        this.type = type;
        this.flow = null;
        probe.clear().beginObject();
        json.clear().beginObject().timestamp("timestamp", timestampNs);
        if (numbers == PacketNumbers.SHOWN) {
            json.number("pcap_cnt", packetNumber);
        }
        json.ascii("event_type", type.label());
        if (packet.vlanCount() > 0) {
            json.beginArray("vlan");
            for (int i = 0; i < packet.vlanCount(); i++) {
                json.numberItem(packet.vlan(i));
            }
            json.endArray();
        }
        if (packet.ipVersion() != 0) {
            json.address("src_ip", packet.ipVersion(), packet.srcHi(), packet.srcLo());
            portOf(packet, "src_port", packet.srcPort());
            json.address("dest_ip", packet.ipVersion(), packet.dstHi(), packet.dstLo());
            portOf(packet, "dest_port", packet.dstPort());
            json.ascii("proto", IpProtocol.nameOf(packet.protocol())).number("ip_v", packet.ipVersion());
        }
        return json.ascii("pkt_src", ON_WIRE);
    }

    private void portOf(Packet packet, String name, int port) {
        if (hasPorts(packet.protocol())) {
            json.number(name, port);
        }
    }

    /** Takes what EVE has no place for, during an event: members of its {@code probe} object. */
    public JsonWriter probe() {
        return probe;
    }

    /**
     * Ends the event and hands it to the sink, unless only some are kept and this is none of them.
     *
     * @param degraded bits of {@link Degraded}
     */
    public void end(int degraded) {
        if (!wanted[type.ordinal()]) {
            return;
        }
        Lane lane = type.lane();
        int share = sampler.share(lane);
        written[type.ordinal()]++;
        if (share < Admission.ALL && !sampler.keeps(share, flow)) {
            sink.refuse(lane, share == Admission.NONE ? DropReason.SHED : DropReason.SAMPLED);
            return;
        }
        json.liftCap();
        json.beginObject("probe").ascii("id", identity.probeId()).ascii("epoch", identity.epoch());
        json.ascii("lane", lane.label()).number("worker", identity.worker()).number("seq", sink.nextSeq(lane));
        if (share < Admission.ALL) {
            json.thousandths("sample_rate", share);
        }
        degraded(degraded);
        if (probe.length() > 1) {
            json.members(probe.bytes(), 1, probe.length() - 1);
        }
        if (json.isTruncated() || probe.isTruncated()) {
            json.bool("truncated", true);
        }
        json.endObject().endObject();
        sink.offer(lane, view, 0, json.length());
    }

    /** Events handed to the sink so far, by {@link EventType#ordinal()}: a copy. */
    public long[] written() {
        return Arrays.copyOf(written, written.length);
    }

    private void vlans(Flow flow) {
        if (flow.vlanCount() > 0) {
            json.beginArray("vlan");
            for (int i = 0; i < flow.vlanCount(); i++) {
                json.numberItem(flow.vlan(i));
            }
            json.endArray();
        }
    }

    private void endpoints(Flow flow, Direction direction) {
        boolean forward = direction == Direction.TO_SERVER;
        boolean ports = hasPorts(flow.protocol());
        for (int side = 0; side < 2; side++) {
            boolean client = forward == (side == 0);
            long hi = client ? flow.clientHi() : flow.serverHi();
            long lo = client ? flow.clientLo() : flow.serverLo();
            json.address(side == 0 ? "src_ip" : "dest_ip", flow.ipVersion(), hi, lo);
            if (ports) {
                json.number(side == 0 ? "src_port" : "dest_port", client ? flow.clientPort() : flow.serverPort());
            }
        }
    }

    private static boolean hasPorts(int protocol) {
        return protocol == IpProtocol.TCP || protocol == IpProtocol.UDP || protocol == IpProtocol.SCTP;
    }

    private void icmp(Flow flow) {
        int request = flow.icmp(Direction.TO_SERVER);
        int response = flow.icmp(Direction.TO_CLIENT);
        if (request >= 0) {
            json.number("icmp_type", request >> 8).number("icmp_code", request & 0xff);
        }
        if (response >= 0) {
            json.number("response_icmp_type", response >> 8).number("response_icmp_code", response & 0xff);
        }
    }

    private void degraded(int bits) {
        if (bits != 0) {
            json.beginArray("degraded");
            if ((bits & Degraded.MIDSTREAM) != 0) {
                json.asciiItem("midstream");
            }
            if ((bits & Degraded.GAP) != 0) {
                json.asciiItem("gap");
            }
            json.endArray();
        }
    }
}
