// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import io.dpiprobe.app.demo.FrameMaker.Segment;
import java.util.Arrays;
import java.util.List;

/** Adds the frames of one TCP connection to a capture: handshake, segments with acknowledgements, and the end. */
final class TcpConversation {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int PSH = 8;
    private static final int ACK = 16;
    private static final int MAX_SEGMENT = 1400;
    private static final long STEP_NS = 2_000_000;
    private static final byte[] NOTHING = {};

    private final List<Frame> frames;
    private final Endpoint client;
    private final Endpoint server;
    private long timeNs;
    private int clientSeq = 1_000_000;
    private int serverSeq = 2_000_000;

    TcpConversation(List<Frame> frames, Endpoint client, Endpoint server, long beginNs) {
        this.frames = frames;
        this.client = client;
        this.server = server;
        this.timeNs = beginNs;
        fromClient(SYN, NOTHING);
        clientSeq++;
        fromServer(SYN | ACK, NOTHING);
        serverSeq++;
        fromClient(ACK, NOTHING);
    }

    TcpConversation client(byte[] bytes) {
        if (bytes.length == 0) {
            return this;
        }
        for (int at = 0; at < bytes.length; at += MAX_SEGMENT) {
            fromClient(PSH | ACK, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + MAX_SEGMENT)));
        }
        fromServer(ACK, NOTHING);
        return this;
    }

    TcpConversation server(byte[] bytes) {
        if (bytes.length == 0) {
            return this;
        }
        for (int at = 0; at < bytes.length; at += MAX_SEGMENT) {
            fromServer(PSH | ACK, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + MAX_SEGMENT)));
        }
        fromClient(ACK, NOTHING);
        return this;
    }

    void close() {
        fromClient(FIN | ACK, NOTHING);
        clientSeq++;
        fromServer(FIN | ACK, NOTHING);
        serverSeq++;
        fromClient(ACK, NOTHING);
    }

    private void fromClient(int flags, byte[] payload) {
        int ack = (flags & ACK) == 0 ? 0 : serverSeq;
        add(FrameMaker.tcp(client, server, new Segment(flags, clientSeq, ack, payload)));
        clientSeq += payload.length;
    }

    private void fromServer(int flags, byte[] payload) {
        add(FrameMaker.tcp(server, client, new Segment(flags, serverSeq, clientSeq, payload)));
        serverSeq += payload.length;
    }

    private void add(byte[] frame) {
        timeNs += STEP_NS;
        frames.add(new Frame(timeNs, frame));
    }
}
