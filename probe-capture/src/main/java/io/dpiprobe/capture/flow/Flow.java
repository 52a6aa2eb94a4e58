// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Packet;

/**
 * Keeps what is known of one conversation: who, when, how much.
 *
 * <p>Belongs to the {@link FlowTable} that made it, which uses it again for another conversation. The client is who
 * spoke first, unless the packets say otherwise.
 */
public class Flow {
    int index;
    int hash;
    private byte ipVersion;
    private short protocol;
    private long clientHi;
    private long clientLo;
    private long serverHi;
    private long serverLo;
    private char clientPort;
    private char serverPort;
    private long vlans;
    private long id;
    private long parentId;
    private long startNs;
    private long lastNs;
    private FlowState state = FlowState.NEW;
    private int icmpRequest;
    private int icmpResponse;
    private long packetsToServer;
    private long packetsToClient;
    private long octetsToServer;
    private long octetsToClient;

    /** Makes this the flow of the packet that begins it. */
    void begin(Packet packet) {
        ipVersion = (byte) packet.ipVersion();
        protocol = (short) packet.protocol();
        clientHi = packet.srcHi();
        clientLo = packet.srcLo();
        serverHi = packet.dstHi();
        serverLo = packet.dstLo();
        clientPort = (char) packet.srcPort();
        serverPort = (char) packet.dstPort();
        vlans = FlowKey.vlans(packet);
        startNs = packet.timestampNs();
        lastNs = startNs;
        state = FlowState.NEW;
        icmpRequest = -1;
        icmpResponse = -1;
        packetsToServer = 0;
        packetsToClient = 0;
        octetsToServer = 0;
        octetsToClient = 0;
        id = FlowKey.id(packet);
        parentId = 0;
    }

    /** Makes what was taken for the server the client. */
    public void swapDirection() {
        long hi = clientHi;
        long lo = clientLo;
        char port = clientPort;
        clientHi = serverHi;
        clientLo = serverLo;
        clientPort = serverPort;
        serverHi = hi;
        serverLo = lo;
        serverPort = port;
        long count = packetsToServer;
        packetsToServer = packetsToClient;
        packetsToClient = count;
        long bytes = octetsToServer;
        octetsToServer = octetsToClient;
        octetsToClient = bytes;
        int icmp = icmpRequest;
        icmpRequest = icmpResponse;
        icmpResponse = icmp;
    }

    /** Counts a packet. */
    public void count(Direction direction, Packet packet) {
        lastNs = Math.max(lastNs, packet.timestampNs());
        if (direction == Direction.TO_SERVER) {
            packetsToServer++;
            octetsToServer += packet.wireLength();
        } else {
            packetsToClient++;
            octetsToClient += packet.wireLength();
        }
        if (protocol != IpProtocol.TCP) {
            countUnconnected(direction, packet);
        }
    }

    private void countUnconnected(Direction direction, Packet packet) {
        if (packetsToServer > 0 && packetsToClient > 0) {
            state = FlowState.ESTABLISHED;
        }
        if (packet.isIcmp()) {
            int typeAndCode = packet.icmpType() << 8 | packet.icmpCode();
            if (direction == Direction.TO_SERVER && icmpRequest < 0) {
                icmpRequest = typeAndCode;
            } else if (direction == Direction.TO_CLIENT && icmpResponse < 0) {
                icmpResponse = typeAndCode;
            }
        }
    }

    /** Which way a packet of this flow goes. */
    public Direction directionOf(Packet packet) {
        boolean fromClient = packet.srcPort() == clientPort
                && packet.srcLo() == clientLo
                && packet.srcHi() == clientHi
                && packet.dstPort() == serverPort;
        return fromClient ? Direction.TO_SERVER : Direction.TO_CLIENT;
    }

    boolean owns(Packet packet) {
        return protocol == packet.protocol()
                && ipVersion == packet.ipVersion()
                && (isForward(packet) || isBackward(packet))
                && vlans == FlowKey.vlans(packet);
    }

    private boolean isForward(Packet packet) {
        return packet.srcLo() == clientLo
                && packet.dstLo() == serverLo
                && packet.srcPort() == clientPort
                && packet.dstPort() == serverPort
                && packet.srcHi() == clientHi
                && packet.dstHi() == serverHi;
    }

    private boolean isBackward(Packet packet) {
        return packet.srcLo() == serverLo
                && packet.dstLo() == clientLo
                && packet.srcPort() == serverPort
                && packet.dstPort() == clientPort
                && packet.srcHi() == serverHi
                && packet.dstHi() == clientHi;
    }

    public void state(FlowState state) {
        this.state = state;
    }

    public FlowState state() {
        return state;
    }

    /** Names the flow in events: at most 2^53-1, the same for the same packets. */
    public long id() {
        return id;
    }

    /** Says which flow announced this one. */
    public void parentId(long id) {
        parentId = id;
    }

    /** The name of the flow that announced this one; 0 if none did. */
    public long parentId() {
        return parentId;
    }

    /** 4 or 6. */
    public int ipVersion() {
        return ipVersion;
    }

    /** See {@link io.dpiprobe.capture.packet.IpProtocol}. */
    public int protocol() {
        return protocol;
    }

    public long clientHi() {
        return clientHi;
    }

    public long clientLo() {
        return clientLo;
    }

    public long serverHi() {
        return serverHi;
    }

    public long serverLo() {
        return serverLo;
    }

    public int clientPort() {
        return clientPort;
    }

    public int serverPort() {
        return serverPort;
    }

    /** Number of VLAN tags, 0 to 3. */
    public int vlanCount() {
        return FlowKey.vlanCount(vlans);
    }

    /** VLAN identifier of the tag at {@code index}, outermost first. */
    public int vlan(int index) {
        return FlowKey.vlan(vlans, index);
    }

    /** Time of the first packet, nanoseconds since the epoch. */
    public long startNs() {
        return startNs;
    }

    /** Time of the last packet, nanoseconds since the epoch. */
    public long lastNs() {
        return lastNs;
    }

    public long packets(Direction direction) {
        return direction == Direction.TO_SERVER ? packetsToServer : packetsToClient;
    }

    /** Bytes on the wire, link headers included. */
    public long octets(Direction direction) {
        return direction == Direction.TO_SERVER ? octetsToServer : octetsToClient;
    }

    /** ICMP type and code, as {@code type << 8 | code}, of the first packet each way; -1 if there was none. */
    public int icmp(Direction direction) {
        return direction == Direction.TO_SERVER ? icmpRequest : icmpResponse;
    }
}
