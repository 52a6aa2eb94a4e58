// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import java.nio.ByteBuffer;

/** Makes Ethernet frames with valid lengths and checksums: IPv4 (RFC 791), UDP (RFC 768), TCP (RFC 9293). */
final class FrameMaker {
    private static final int ETHERNET_HEADER = 14;
    private static final int IPV4_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int TCP_HEADER = 20;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TTL = 64;
    private static final int WINDOW = 0xfaf0;

    private FrameMaker() {}

    static byte[] udp(Endpoint from, Endpoint to, byte[] payload) {
        int length = UDP_HEADER + payload.length;
        ByteBuffer datagram = ByteBuffer.allocate(length);
        datagram.putShort((short) from.port()).putShort((short) to.port());
        datagram.putShort((short) length).putShort((short) 0).put(payload);
        datagram.putShort(6, checksum(pseudoHeader(from, to, UDP, length), datagram.array()));
        return ip(from, to, UDP, datagram.array());
    }

    static byte[] tcp(Endpoint from, Endpoint to, Segment segment) {
        int length = TCP_HEADER + segment.payload().length;
        ByteBuffer bytes = ByteBuffer.allocate(length);
        bytes.putShort((short) from.port()).putShort((short) to.port());
        bytes.putInt(segment.seq()).putInt(segment.ack());
        bytes.put((byte) ((TCP_HEADER / 4) << 4)).put((byte) segment.flags()).putShort((short) WINDOW);
        bytes.putInt(0).put(segment.payload());
        bytes.putShort(16, checksum(pseudoHeader(from, to, TCP, length), bytes.array()));
        return ip(from, to, TCP, bytes.array());
    }

    /** What TCP adds to a payload; flags are those of RFC 9293, 3.1. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Segment(int flags, int seq, int ack, byte[] payload) {}

    private static byte[] ip(Endpoint from, Endpoint to, int protocol, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(IPV4_HEADER);
        header.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4_HEADER + payload.length));
        header.putShort((short) 0).putShort((short) 0x4000); // don't fragment
        header.put((byte) TTL).put((byte) protocol).putShort((short) 0);
        header.putInt(from.address()).putInt(to.address());
        header.putShort(10, checksum(new byte[0], header.array()));
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_HEADER + IPV4_HEADER + payload.length);
        frame.putShort((short) 0x0200).putInt(to.address()); // a locally administered address for each host
        frame.putShort((short) 0x0200).putInt(from.address());
        return frame.putShort((short) ETHERTYPE_IPV4)
                .put(header.array())
                .put(payload)
                .array();
    }

    private static byte[] pseudoHeader(Endpoint from, Endpoint to, int protocol, int length) {
        return ByteBuffer.allocate(12)
                .putInt(from.address())
                .putInt(to.address())
                .putShort((short) protocol)
                .putShort((short) length)
                .array();
    }

    /** The Internet checksum (RFC 1071) of two pieces, the first of even length. */
    private static short checksum(byte[] first, byte[] second) {
        long sum = sum(first) + sum(second);
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (short) ~sum;
    }

    private static long sum(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        return sum;
    }
}
