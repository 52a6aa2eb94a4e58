// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.sip;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads SIP messages: an event for each, request or response; both sides send both. */
final class SipDissector implements Dissector {
    /** Longest head: requests through ten proxies have half of it. */
    @Bound(
            of = "the head of a message",
            then = "the stream is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    /** Longest body that is waited for: descriptions of sessions with dozens of media have half of it. */
    @Bound(of = "a body that is waited for", then = "it is passed over", unit = Bound.Unit.BYTES)
    private static final int MAX_BODY_BYTES = 16 * 1024;

    private final SipHead head = new SipHead();
    private final SipEvent event = new SipEvent();
    private final Slice headBytes = new Slice();
    private final Slice body = new Slice();
    private final Incoming toServer = new Incoming();
    private final Incoming toClient = new Incoming();

    /** How far one direction of a stream has been read. */
    private static final class Incoming {
        /** Bytes of a long body that are still to be passed over. */
        private long skip;
        /** Bytes in which the end of a head was looked for. */
        private int looked;

        void reset() {
            skip = 0;
            looked = 0;
        }
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        boolean datagram = session.flow().protocol() == IpProtocol.UDP;
        Incoming incoming = from == Direction.TO_SERVER ? toServer : toClient;
        if (incoming.skip > 0) {
            int now = (int) Math.min(incoming.skip, in.remaining());
            in.skip(now);
            incoming.skip -= now;
            return Verdict.OK;
        }
        SipProtocol.skipKeepAlives(in);
        if (!in.hasRemaining()) {
            return Verdict.OK;
        }
        int length = headLength(in, datagram ? 0 : incoming.looked);
        if (length < 0 && !datagram && in.remaining() < MAX_HEAD_BYTES) {
            incoming.looked = in.remaining();
            in.needMore();
            return in.verdict();
        }
        incoming.looked = 0;
        in.slice(length < 0 ? Math.min(MAX_HEAD_BYTES, in.remaining()) : length, headBytes);
        if (!head.read(headBytes)) {
            return Verdict.INVALID;
        }
        return datagram ? onDatagram(from, in, session) : onStream(incoming, from, in, session);
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        Incoming incoming = from == Direction.TO_SERVER ? toServer : toClient;
        boolean inBody = bytes < incoming.skip;
        incoming.skip = inBody ? incoming.skip - bytes : 0;
        incoming.looked = 0;
        return inBody ? Verdict.OK : Verdict.INVALID;
    }

    @Override
    public void reset() {
        toServer.reset();
        toClient.reset();
    }

    /** The body goes to the end of the datagram: a length that says less (RFC 3261, 18.3) would hide the rest. */
    private Verdict onDatagram(Direction from, Cursor in, Session session) {
        in.slice(in.remaining(), body);
        event.write(session, from, head, body);
        return Verdict.OK;
    }

    private Verdict onStream(Incoming incoming, Direction from, Cursor in, Session session) {
        long said = Math.max(0, head.contentLength());
        if (said > MAX_BODY_BYTES || !head.describesSession()) {
            incoming.skip = said;
            said = 0;
        }
        in.slice((int) said, body);
        if (!in.failed()) {
            event.write(session, from, head, body);
        }
        return in.verdict();
    }

    /** Bytes up to and with the empty line that ends a head; -1 if it is not there. */
    private static int headLength(Cursor in, int looked) {
        int limit = Math.min(in.remaining(), MAX_HEAD_BYTES);
        for (int i = Math.max(0, looked - 2); i < limit - 1; i++) {
            if (in.peekU8(i) != '\n') {
                continue;
            }
            if (in.peekU8(i + 1) == '\n') {
                return i + 2;
            }
            if (in.peekU8(i + 1) == '\r' && i + 2 < limit && in.peekU8(i + 2) == '\n') {
                return i + 3;
            }
        }
        return -1;
    }
}
