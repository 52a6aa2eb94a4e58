// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.util.ArrayList;
import java.util.List;

/** Writes the Ethernet frames of one conversation between a client of its own and a server. */
final class Frames {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int PSH = 8;
    static final int ACK = 16;
    /** The payload of a full Ethernet frame, options of TCP aside. */
    static final int SEGMENT = 1460;

    private static final byte[] NOTHING = {};
    private static final int HEADERS = 14 + 20;
    private static final int SERVERS = 0xc0a80000;

    private final List<byte[]> frames = new ArrayList<>();
    private final int number;
    private final int serverPort;
    private final int[] next = {1, 1};

    /**
     * @param number tells the conversation from others: 2^32 differ by client address or port
     */
    Frames(int number, int serverPort) {
        this.number = number;
        this.serverPort = serverPort;
    }

    List<byte[]> all() {
        return frames;
    }

    Frames udp(boolean fromClient, byte[] payload) {
        byte[] frame = ip(fromClient, 17, 8 + payload.length);
        u16(frame, HEADERS + 4, 8 + payload.length);
        System.arraycopy(payload, 0, frame, HEADERS + 8, payload.length);
        frames.add(frame);
        return this;
    }

    Frames syn() {
        frames.add(tcp(true, SYN, 0, NOTHING, 0, 0));
        return this;
    }

    Frames handshake() {
        syn();
        frames.add(tcp(false, SYN | ACK, 0, NOTHING, 0, 0));
        return acknowledge(true);
    }

    /** What one side says, in full segments, each two acknowledged by the other side. */
    Frames send(boolean fromClient, byte[] content) {
        int side = fromClient ? 0 : 1;
        int unacknowledged = 0;
        for (int at = 0; at < content.length; at += SEGMENT) {
            int length = Math.min(SEGMENT, content.length - at);
            frames.add(tcp(fromClient, PSH | ACK, next[side], content, at, length));
            next[side] += length;
            if (++unacknowledged == 2 || at + length == content.length) {
                acknowledge(!fromClient);
                unacknowledged = 0;
            }
        }
        return this;
    }

    Frames farewell() {
        frames.add(tcp(true, FIN | ACK, next[0]++, NOTHING, 0, 0));
        frames.add(tcp(false, FIN | ACK, next[1]++, NOTHING, 0, 0));
        return acknowledge(true);
    }

    private Frames acknowledge(boolean fromClient) {
        frames.add(tcp(fromClient, ACK, next[fromClient ? 0 : 1], NOTHING, 0, 0));
        return this;
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private byte[] tcp(boolean fromClient, int flags, int seq, byte[] content, int at, int length) {
        byte[] frame = ip(fromClient, 6, 20 + length);
        u32(frame, HEADERS + 4, seq);
        u32(frame, HEADERS + 8, (flags & ACK) == 0 ? 0 : next[fromClient ? 1 : 0]);
        frame[HEADERS + 12] = 0x50;
        frame[HEADERS + 13] = (byte) flags;
        u16(frame, HEADERS + 14, 0xffff);
        System.arraycopy(content, at, frame, HEADERS + 20, length);
        return frame;
    }

    private byte[] ip(boolean fromClient, int protocol, int length) {
        byte[] frame = new byte[HEADERS + length];
        frame[12] = 8;
        frame[14] = 0x45;
        u16(frame, 16, 20 + length);
        frame[22] = 64;
        frame[23] = (byte) protocol;
        int client = 0x0a000000 | ((number >>> 8) & 0xffffff);
        int server = SERVERS | (number & 0xff);
        u32(frame, 26, fromClient ? client : server);
        u32(frame, 30, fromClient ? server : client);
        int clientPort = 20_000 + (number & 0x7fff);
        u16(frame, HEADERS, fromClient ? clientPort : serverPort);
        u16(frame, HEADERS + 2, fromClient ? serverPort : clientPort);
        return frame;
    }

    private static void u16(byte[] frame, int at, int value) {
        frame[at] = (byte) (value >> 8);
        frame[at + 1] = (byte) value;
    }

    private static void u32(byte[] frame, int at, int value) {
        u16(frame, at, value >>> 16);
        u16(frame, at + 2, value);
    }
}
