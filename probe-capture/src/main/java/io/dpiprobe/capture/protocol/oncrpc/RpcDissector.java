// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows a flow to a program whose messages are short: writes one event for each call, with its reply if there is one. */
public final class RpcDissector implements Dissector {
    /** Holds a list of some hundred services or exports: servers send what is longer in several fragments. */
    @Bound(
            of = "bytes read of a record, of programs other than NFS",
            then = "the rest is passed over",
            unit = Bound.Unit.BYTES)
    static final int HEAD_BYTES = 16 * 1024;

    private final boolean stream;
    private final Program program;
    private final PendingCalls<Exchange> exchanges;
    private final RpcCall call = new RpcCall();
    private final RpcReply reply = new RpcReply();
    private final Caller caller = new Caller();
    private final Cursor message = new Cursor();
    private final Slice bytes = new Slice();
    private final int[] rest = new int[2];
    private final boolean[] continued = new boolean[2];

    /**
     * @param transport {@link IpProtocol#TCP} or {@link IpProtocol#UDP}
     * @param event what is written
     * @param question makes the place for one call
     */
    public RpcDissector(int transport, Program program, EventType event, Supplier<? extends RpcQuestion> question) {
        stream = transport == IpProtocol.TCP;
        this.program = program;
        exchanges = new PendingCalls<>(() -> new Exchange(event, question.get()));
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (stream) {
            readRecord(from, in, session);
            return in.verdict();
        }
        in.slice(in.remaining(), bytes);
        readMessage(from, session);
        return Verdict.OK;
    }

    @Override
    public void onEnd(Session session) {
        for (int i = 0; i < exchanges.size(); i++) {
            giveUp(exchanges.get(i), session);
        }
    }

    @Override
    public void reset() {
        exchanges.clear();
        for (int side = 0; side < rest.length; side++) {
            rest[side] = 0;
            continued[side] = false;
        }
    }

    private void readRecord(Direction from, Cursor in, Session session) {
        int side = from.ordinal();
        if (rest[side] > 0) {
            int passed = Math.min(rest[side], in.remaining());
            in.skip(passed);
            rest[side] -= passed;
            return;
        }
        int mark = in.i32();
        int length = RecordMark.length(mark);
        in.require(length <= RecordMark.MAX_LENGTH);
        boolean follows = continued[side];
        in.slice(follows ? 0 : Math.min(length, HEAD_BYTES), bytes);
        if (in.failed()) {
            return;
        }
        continued[side] = !RecordMark.isLast(mark);
        rest[side] = length - bytes.length();
        if (!follows) {
            readMessage(from, session);
        }
    }

    private void readMessage(Direction from, Session session) {
        message.wrap(bytes);
        int xid = message.i32();
        int type = message.i32();
        if (from == Direction.TO_SERVER && type == RpcCall.CALL) {
            onCall(xid, session);
        } else if (from == Direction.TO_CLIENT && type == RpcReply.REPLY) {
            onReply(xid, session);
        }
    }

    private void onCall(int xid, Session session) {
        call.read(xid, message, caller);
        if (message.failed() || !program.isOf(call)) {
            return;
        }
        @Nullable Exchange known = exchanges.find(xid);
        if (known == null || !known.is(call)) {
            session.nextTransaction();
            Exchange exchange = exchanges.add();
            giveUp(exchange, session);
            exchange.begin(call, caller, message);
        }
    }

    private void onReply(int xid, Session session) {
        @Nullable Exchange exchange = exchanges.find(xid);
        reply.read(message);
        if (exchange != null && !message.failed()) {
            exchange.write(reply, message, session);
        }
    }

    /** It waits no longer, if it did. */
    private static void giveUp(Exchange exchange, Session session) {
        if (exchange.isPending()) {
            exchange.write(session);
        }
    }
}
