// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Expectation;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import java.util.Arrays;

/** Follows the calls of one association over TCP: one event for each, when its last fragment came. */
final class DcerpcDissector implements Dissector {
    /** Calls waiting for an answer: clients multiplex a handful; more means that one side is not seen. */
    @Bound(
            of = "calls of a connection that wait",
            then = "the oldest is written without an answer",
            seen = "dcerpc event without response")
    static final int MAX_OPEN_CALLS = 32;
    /** Bytes of a fragment that are read: a bind with sixty contexts fits; stub data is passed over. */
    @Bound(of = "bytes read of a fragment", then = "the rest is passed over", unit = Bound.Unit.BYTES)
    static final int HEAD_BYTES = 4096;

    private final Conversation conversation = new Conversation();
    private final Call[] calls = new Call[MAX_OPEN_CALLS];
    private final int[] unread = new int[2];
    private final Slice note = new Slice();
    private final Cursor noted = new Cursor();
    private int open;

    DcerpcDissector() {
        Arrays.setAll(calls, i -> new Call());
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        int passed = Math.min(unread[from.ordinal()], in.remaining());
        if (passed > 0) {
            unread[from.ordinal()] -= passed;
            in.skip(passed);
            return Verdict.OK;
        }
        Pdu pdu = conversation.pdu();
        if (pdu.read(in) != Verdict.OK) {
            return in.verdict();
        }
        int head = Math.min(pdu.fragLength, HEAD_BYTES);
        in.seek(0);
        int outer = in.enter(head);
        if (in.failed()) {
            return in.verdict();
        }
        if (conversation.read(in, 0) != Verdict.OK || in.failed()) {
            return in.verdict();
        }
        onPdu(pdu, in, session);
        in.leave(outer);
        unread[from.ordinal()] = pdu.fragLength - head;
        return in.verdict();
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        // What follows is read if it begins with a header; a fragment cut in two ends dissection there.
        unread[from.ordinal()] = (int) Math.max(0, unread[from.ordinal()] - bytes);
        return Verdict.OK;
    }

    @Override
    public void onExpected(Expectation expectation) {
        expectation.readNote(note);
        noted.wrap(note);
        conversation.announced(RpcInterfaces.find(noted.u64(), noted.u64()));
    }

    @Override
    public void onEnd(Session session) {
        while (open > 0) {
            write(0, session);
        }
    }

    @Override
    public void reset() {
        conversation.reset();
        Arrays.fill(unread, 0);
        open = 0;
    }

    private void onPdu(Pdu pdu, Cursor in, Session session) {
        switch (pdu.type) {
            case Pdu.REQUEST, Pdu.BIND, Pdu.ALTER_CONTEXT -> calls[find(pdu, session)].onRequest(pdu);
            case Pdu.RESPONSE, Pdu.FAULT, Pdu.BIND_ACK, Pdu.BIND_NAK, Pdu.ALTER_CONTEXT_RESP -> {
                int index = find(pdu, session);
                boolean last = calls[index].onResponse(pdu);
                conversation.readAnswer(calls[index], in, session);
                if (last) {
                    write(index, session);
                }
            }
            default -> {} // no part of a call: AUTH3, cancels
        }
    }

    private int find(Pdu pdu, Session session) {
        for (int i = 0; i < open; i++) {
            if (calls[i].matches(pdu)) {
                return i;
            }
        }
        if (open == MAX_OPEN_CALLS) {
            write(0, session);
        }
        calls[open].begin(pdu);
        session.nextTransaction();
        return open++;
    }

    private void write(int index, Session session) {
        Call call = calls[index];
        JsonWriter json = session.begin(EventType.DCERPC, Direction.TO_SERVER).beginObject("dcerpc");
        conversation.writeEvent(call, json);
        json.endObject();
        conversation.writeProbe(call, session.probe());
        session.end();
        open--;
        System.arraycopy(calls, index + 1, calls, index, open - index);
        calls[open] = call;
    }
}
