// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import java.util.Arrays;

/** Follows calls over UDP (C706, chapter 10): one event for each, when the last fragment of its answer came. */
final class DatagramDissector implements Dissector {
    /** Calls waiting for an answer: an activity has one, and a client few activities. */
    @Bound(
            of = "calls of a flow of datagrams that wait",
            then = "the oldest is written without an answer",
            seen = "dcerpc event without response")
    static final int MAX_OPEN_CALLS = 16;

    private final DatagramPdu pdu = new DatagramPdu();
    private final Endpoints endpoints = new Endpoints();
    private final DatagramCall[] calls = new DatagramCall[MAX_OPEN_CALLS];
    private int open;

    DatagramDissector() {
        Arrays.setAll(calls, i -> new DatagramCall());
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (pdu.read(in) != Verdict.OK) {
            return in.verdict();
        }
        switch (pdu.type) {
            case Pdu.REQUEST -> calls[find(from, session)].onRequest(pdu);
            case Pdu.RESPONSE, Pdu.FAULT, DatagramPdu.REJECT -> onResponse(from, in, session);
            default -> {} // keeps a call alive, or cancels it
        }
        return in.verdict();
    }

    @Override
    public void onEnd(Session session) {
        endpoints.clear();
        while (open > 0) {
            write(0, session);
        }
    }

    @Override
    public void reset() {
        open = 0;
    }

    private void onResponse(Direction from, Cursor in, Session session) {
        int index = find(from, session);
        boolean last = calls[index].onResponse(pdu);
        endpoints.clear();
        if (pdu.type == Pdu.RESPONSE && pdu.fragment == 0) {
            int body = in.enter(pdu.bodyBytes);
            endpoints.read(calls[index].target(), calls[index].opnum(), pdu.isLittleEndian(), in);
            in.leave(body);
            endpoints.announce(session);
        }
        if (last) {
            write(index, session);
        }
    }

    private int find(Direction from, Session session) {
        for (int i = 0; i < open; i++) {
            if (calls[i].matches(pdu)) {
                return i;
            }
        }
        if (open == MAX_OPEN_CALLS) {
            endpoints.clear();
            write(0, session);
        }
        calls[open].begin(pdu, from);
        session.nextTransaction();
        return open++;
    }

    private void write(int index, Session session) {
        DatagramCall call = calls[index];
        JsonWriter json = session.begin(EventType.DCERPC, call.caller()).beginObject("dcerpc");
        call.write(json);
        json.endObject();
        call.writeNames(session.probe(), endpoints);
        session.end();
        open--;
        System.arraycopy(calls, index + 1, calls, index, open - index);
        calls[open] = call;
    }
}
