// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import io.dpiprobe.buffer.Bound;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Holds what the headers of one packet say. Filled by {@link Decoder}, reused for every packet, valid until the next.
 *
 * <p>Addresses are two longs, IPv4 in the low 32 bits of the second; numbers are unsigned unless said otherwise.
 */
public final class Packet {
    /** VLAN tags kept: IEEE 802.1Q, its stacking in 802.1ad, and one more. */
    @Bound(of = "VLAN tags shown", then = "further ones are passed over")
    public static final int MAX_VLANS = 3;

    DirectBuffer bytes = new UnsafeBuffer(0, 0);
    final int[] vlans = new int[MAX_VLANS];
    int vlanCount;
    int ipVersion;
    long srcHi;
    long srcLo;
    long dstHi;
    long dstLo;
    int protocol;
    int srcPort;
    int dstPort;
    int payloadOffset;
    int payloadLength;
    int missing;
    int tcpFlags;
    int seq;
    int ack;
    int window;
    int urgentPointer;
    int icmpType;
    int icmpCode;
    int arpOffset;
    int ipOffset;
    int ipHeaderLength;
    int ipLength;
    int transportOffset;
    int tunnelType;
    int tunnelOffset;
    int layers;
    long anomalies;

    private long timestampNs;
    private long number;
    private int wireLength;

    /** Sets what the capture says about the packet. */
    public void header(long timestampNs, long number, int wireLength) {
        this.timestampNs = timestampNs;
        this.number = number;
        this.wireLength = wireLength;
    }

    void clear(DirectBuffer bytes) {
        tunnelType = 0;
        arpOffset = -1;
        this.bytes = bytes;
        vlanCount = 0;
        ipVersion = 0;
        protocol = 0;
        srcPort = 0;
        dstPort = 0;
        payloadOffset = 0;
        payloadLength = 0;
        missing = 0;
        tcpFlags = 0;
        icmpType = 0;
        icmpCode = 0;
        anomalies = 0;
    }

    /** Notes what a header gets wrong. */
    void mark(DecodeAnomaly anomaly) {
        anomalies |= 1L << anomaly.ordinal();
    }

    /** True if no byte of the packet was cut off by the snap length. */
    boolean isWhole() {
        return bytes.capacity() >= wireLength;
    }

    void addVlan(int id) {
        if (vlanCount < MAX_VLANS) {
            vlans[vlanCount++] = id;
        }
    }

    void tunnel(int type, int offset) {
        tunnelType = type;
        tunnelOffset = offset;
    }

    /** Leaves the outer headers behind: what is inside counts as the packet, at the same time and place. */
    void enterTunnel() {
        wireLength = Math.max(0, payloadOffset + payloadLength + missing - tunnelOffset);
        clear(bytes);
    }

    /** True if the packet carries another packet. */
    public boolean isTunnel() {
        return tunnelType != 0;
    }

    /** Nanoseconds since the epoch. */
    public long timestampNs() {
        return timestampNs;
    }

    /** Position in the capture, from 1. */
    public long number() {
        return number;
    }

    /** Bytes on the wire, link header included. */
    public int wireLength() {
        return wireLength;
    }

    /** The whole captured packet. */
    public DirectBuffer bytes() {
        return bytes;
    }

    /** Where an ARP message begins in {@link #bytes()}; -1 if the packet is none. */
    public int arpOffset() {
        return arpOffset;
    }

    /** What its headers get wrong: a bit for each {@link DecodeAnomaly#ordinal()}. */
    public long anomalies() {
        return anomalies;
    }

    public int vlanCount() {
        return vlanCount;
    }

    /** VLAN identifier of the tag at {@code index}, outermost first. */
    public int vlan(int index) {
        return vlans[index];
    }

    /** 4 or 6. */
    public int ipVersion() {
        return ipVersion;
    }

    public long srcHi() {
        return srcHi;
    }

    public long srcLo() {
        return srcLo;
    }

    public long dstHi() {
        return dstHi;
    }

    public long dstLo() {
        return dstLo;
    }

    /** Protocol above IP and its extension headers: see {@link IpProtocol}. */
    public int protocol() {
        return protocol;
    }

    public int srcPort() {
        return srcPort;
    }

    public int dstPort() {
        return dstPort;
    }

    /** Where the transport payload begins in {@link #bytes()}. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Captured bytes of transport payload. */
    public int payloadLength() {
        return payloadLength;
    }

    /** Bytes of payload that were on the wire but not captured (snap length). */
    public int missingPayload() {
        return missing;
    }

    /** See {@link TcpFlags}. */
    public int tcpFlags() {
        return tcpFlags;
    }

    /** TCP sequence number, as a signed 32-bit number. */
    public int seq() {
        return seq;
    }

    /** TCP acknowledgment number, as a signed 32-bit number. */
    public int ack() {
        return ack;
    }

    public int window() {
        return window;
    }

    /** Where urgent data ends, from the first byte of payload; means something with {@link TcpFlags#URG} only. */
    public int urgentPointer() {
        return urgentPointer;
    }

    public int icmpType() {
        return icmpType;
    }

    public int icmpCode() {
        return icmpCode;
    }

    public boolean isTcp() {
        return protocol == IpProtocol.TCP;
    }

    public boolean isIcmp() {
        return protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6;
    }
}
