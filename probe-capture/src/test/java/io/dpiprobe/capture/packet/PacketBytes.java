// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import java.nio.ByteBuffer;

/** Makes Ethernet frames for tests: {@code PacketBytes.from("10.0.0.1", 1024).to("10.0.0.2", 80).tcp(...)}. */
public final class PacketBytes {
    private static final int ETHERNET_HEADER = 14;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private final byte[] source;
    private final int sourcePort;
    private byte[] destination = {};
    private int destinationPort;
    private int[] vlans = {};

    private PacketBytes(byte[] source, int sourcePort) {
        this.source = source;
        this.sourcePort = sourcePort;
    }

    public static PacketBytes from(String address, int port) {
        return new PacketBytes(parse(address), port);
    }

    public PacketBytes to(String address, int port) {
        destination = parse(address);
        destinationPort = port;
        return this;
    }

    public PacketBytes vlans(int... ids) {
        vlans = ids;
        return this;
    }

    /** A UDP datagram. */
    public byte[] udp(byte[] payload) {
        ByteBuffer segment = ByteBuffer.allocate(8 + payload.length);
        segment.putShort((short) sourcePort).putShort((short) destinationPort);
        segment.putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
        return ip(IpProtocol.UDP, segment.array());
    }

    /** A TCP segment with the given control bits. */
    public byte[] tcp(int flags, int seq, int ack, byte[] payload) {
        ByteBuffer segment = ByteBuffer.allocate(20 + payload.length);
        segment.putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(seq)
                .putInt(ack);
        segment.put((byte) 0x50)
                .put((byte) flags)
                .putShort((short) 0xffff)
                .putInt(0)
                .put(payload);
        return ip(IpProtocol.TCP, segment.array());
    }

    /** An ICMP message. */
    public byte[] icmp(int type, int code, byte[] rest) {
        ByteBuffer message = ByteBuffer.allocate(4 + rest.length);
        message.put((byte) type).put((byte) code).putShort((short) 0).put(rest);
        return ip(source.length == 4 ? IpProtocol.ICMP : IpProtocol.ICMPV6, message.array());
    }

    /** A packet of any protocol above IP. */
    public byte[] ip(int protocol, byte[] payload) {
        boolean v4 = source.length == 4;
        int length = (v4 ? IPV4_HEADER : IPV6_HEADER) + payload.length;
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_HEADER + 4 * vlans.length + length);
        frame.put(new byte[] {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1});
        for (int vlan : vlans) {
            frame.putShort((short) EtherType.VLAN).putShort((short) vlan);
        }
        frame.putShort((short) (v4 ? EtherType.IPV4 : EtherType.IPV6));
        if (v4) {
            frame.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0);
            frame.put((byte) 64).put((byte) protocol).putShort((short) 0);
        } else {
            frame.putInt(0x60000000)
                    .putShort((short) payload.length)
                    .put((byte) protocol)
                    .put((byte) 64);
        }
        return frame.put(source).put(destination).put(payload).array();
    }

    /** Parses dotted IPv4, or IPv6 in eight groups. */
    private static byte[] parse(String address) {
        boolean v4 = address.contains(".");
        String[] parts = address.split(v4 ? "\\." : ":");
        ByteBuffer bytes = ByteBuffer.allocate(v4 ? 4 : 16);
        for (String part : parts) {
            if (v4) {
                bytes.put((byte) Integer.parseInt(part));
            } else {
                bytes.putShort((short) Integer.parseInt(part, 16));
            }
        }
        return bytes.array();
    }
}
