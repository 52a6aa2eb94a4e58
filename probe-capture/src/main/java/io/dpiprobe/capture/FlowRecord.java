// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import io.dpiprobe.capture.eve.Degraded;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.EndReason;
import io.dpiprobe.capture.packet.TcpFlags;
import io.dpiprobe.capture.protocol.Inspection;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.stream.TcpSession;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the event that sums up a flow when it has ended. */
final class FlowRecord {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    /** As EVE names the application protocol of a flow whose bytes nobody recognised. */
    private static final String UNRECOGNISED = "failed";
    /** What EVE has no name for: it is under {@code probe}. */
    private static final Set<String> WITHOUT_NAME = Set.of("dhcpv6", "llmnr", "mount", "nbdgm", "nbns", "portmap");

    private final EventWriter events;

    FlowRecord(EventWriter events) {
        this.events = events;
    }

    void write(Conversation flow, EndReason reason) {
        JsonWriter json = events.begin(EventType.FLOW, flow, Direction.TO_SERVER);
        appProto(json, flow.inspection);
        json.beginObject("flow");
        json.number("pkts_toserver", flow.packets(Direction.TO_SERVER));
        json.number("pkts_toclient", flow.packets(Direction.TO_CLIENT));
        json.number("bytes_toserver", flow.octets(Direction.TO_SERVER));
        json.number("bytes_toclient", flow.octets(Direction.TO_CLIENT));
        json.timestamp("start", flow.startNs()).timestamp("end", flow.lastNs());
        json.number("age", flow.lastNs() / NS_PER_SECOND - flow.startNs() / NS_PER_SECOND);
        json.ascii("state", flow.state().label())
                .ascii("reason", reason.label())
                .bool("alerted", false);
        if (flow.inspection.transactions() > 0) {
            json.number("tx_cnt", flow.inspection.transactions());
        }
        json.endObject();
        TcpSession tcp = flow.tcp;
        if (tcp != null) {
            tcp(json, tcp);
        }
        observed(events.probe(), flow, tcp);
        events.end(degraded(tcp));
    }

    /** Writes what a flow that goes on has done since the last such record. */
    void writeUpdate(Conversation flow, long nowNs) {
        FlowUpdate update = flow.update;
        if (update == null) {
            update = new FlowUpdate();
            flow.update = update;
        }
        JsonWriter json = events.begin(EventType.FLOW_UPDATE, flow, Direction.TO_SERVER);
        appProto(json, flow.inspection);
        json.beginObject("flow");
        json.number("pkts_toserver", update.newPackets(flow, Direction.TO_SERVER));
        json.number("pkts_toclient", update.newPackets(flow, Direction.TO_CLIENT));
        json.number("bytes_toserver", update.newOctets(flow, Direction.TO_SERVER));
        json.number("bytes_toclient", update.newOctets(flow, Direction.TO_CLIENT));
        json.timestamp("start", flow.startNs()).timestamp("end", flow.lastNs());
        json.number("age", flow.lastNs() / NS_PER_SECOND - flow.startNs() / NS_PER_SECOND);
        json.ascii("state", flow.state().label()).endObject();
        events.end(degraded(flow.tcp));
        update.told(flow, nowNs);
    }

    /** What EVE has no place for: round trips, repeats, silence of one side, anomalies left out. */
    private static void observed(JsonWriter json, Conversation flow, @Nullable TcpSession tcp) {
        if (flow.packets(Direction.TO_SERVER) == 0 || flow.packets(Direction.TO_CLIENT) == 0) {
            json.bool("one_sided", true);
        }
        if (flow.inspection.anomaliesSuppressed() > 0) {
            json.number("anomalies_suppressed", flow.inspection.anomaliesSuppressed());
        }
        if (tcp == null) {
            return;
        }
        seen(json, "rtt_server_us", tcp.times().serverUs());
        seen(json, "rtt_client_us", tcp.times().clientUs());
        positive(json, "retransmitted_toserver", tcp.retransmitted(Direction.TO_SERVER));
        positive(json, "retransmitted_toclient", tcp.retransmitted(Direction.TO_CLIENT));
    }

    private static void seen(JsonWriter json, String name, int microseconds) {
        if (microseconds >= 0) {
            json.number(name, microseconds);
        }
    }

    private static void positive(JsonWriter json, String name, long count) {
        if (count > 0) {
            json.number(name, count);
        }
    }

    private void appProto(JsonWriter json, Inspection inspection) {
        Protocol protocol = inspection.protocol();
        Protocol original = inspection.originalProtocol();
        String refinement = inspection.refinement();
        if (inspection.isUnrecognised()) {
            json.ascii("app_proto", UNRECOGNISED);
            original = protocol;
        } else if (refinement != null) {
            json.ascii("app_proto", refinement);
            original = protocol;
        } else if (protocol != null && WITHOUT_NAME.contains(protocol.name())) {
            json.ascii("app_proto", UNRECOGNISED);
            events.probe().ascii("app_proto", protocol.name());
        } else if (protocol != null) {
            json.ascii("app_proto", protocol.name());
        }
        name(json, "app_proto_orig", original);
        name(json, "app_proto_ts", inspection.other(Direction.TO_SERVER));
        name(json, "app_proto_tc", inspection.other(Direction.TO_CLIENT));
    }

    private static void name(JsonWriter json, String field, @Nullable Protocol protocol) {
        if (protocol != null) {
            json.ascii(field, protocol.name());
        }
    }

    private static void tcp(JsonWriter json, TcpSession tcp) {
        int toServer = tcp.flags(Direction.TO_SERVER);
        int toClient = tcp.flags(Direction.TO_CLIENT);
        int both = toServer | toClient;
        json.beginObject("tcp");
        flags(json, "tcp_flags", both);
        flags(json, "tcp_flags_ts", toServer);
        flags(json, "tcp_flags_tc", toClient);
        flag(json, "syn", both & TcpFlags.SYN);
        flag(json, "fin", both & TcpFlags.FIN);
        flag(json, "rst", both & TcpFlags.RST);
        flag(json, "psh", both & TcpFlags.PSH);
        flag(json, "ack", both & TcpFlags.ACK);
        flag(json, "urg", both & TcpFlags.URG);
        flag(json, "ecn", both & TcpFlags.ECE);
        flag(json, "cwr", both & TcpFlags.CWR);
        json.ascii("state", tcp.state().label());
        flag(json, "ts_gap", (int) tcp.gaps(Direction.TO_SERVER));
        flag(json, "tc_gap", (int) tcp.gaps(Direction.TO_CLIENT));
        json.endObject();
    }

    private static void flags(JsonWriter json, String name, int bits) {
        json.beginText(name).appendHex(bits).endText();
    }

    private static void flag(JsonWriter json, String name, int bits) {
        if (bits != 0) {
            json.bool(name, true);
        }
    }

    private static int degraded(@Nullable TcpSession tcp) {
        if (tcp == null) {
            return 0;
        }
        boolean gap = tcp.gaps(Direction.TO_SERVER) + tcp.gaps(Direction.TO_CLIENT) > 0;
        return (tcp.isMidstream() ? Degraded.MIDSTREAM : 0) | (gap ? Degraded.GAP : 0);
    }
}
