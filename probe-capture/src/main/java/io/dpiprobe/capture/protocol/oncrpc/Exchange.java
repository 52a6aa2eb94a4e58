// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;

/** Keeps one call until its reply comes and writes the event of both. */
final class Exchange extends PendingCall {
    private final EventType event;
    private final RpcQuestion question;
    private final Caller caller = new Caller();
    private int version;
    private int procedure;

    Exchange(EventType event, RpcQuestion question) {
        this.event = event;
        this.question = question;
    }

    /** @param in the arguments */
    void begin(RpcCall call, Caller caller, Cursor in) {
        begin(call.xid());
        version = call.version();
        procedure = call.procedure();
        this.caller.set(caller);
        question.read(version, procedure, in);
    }

    /** True if this is the same call, sent again. */
    boolean is(RpcCall call) {
        return version == call.version() && procedure == call.procedure();
    }

    /** Ends without a reply. */
    void write(Session session) {
        begin("", session);
        end(session);
    }

    /** Ends with a reply, of which there may be less at hand than was sent. */
    void write(RpcReply reply, Cursor in, Session session) {
        JsonWriter json = begin(reply.acceptance(), session);
        if (reply.isSuccess()) {
            question.writeResults(in, json);
        } else {
            json.ascii("status", reply.status());
        }
        if (in.failed()) {
            json.markTruncated();
        }
        end(session);
    }

    private JsonWriter begin(String acceptance, Session session) {
        caller.write(xid(), acceptance, session.begin(event, Direction.TO_SERVER));
        JsonWriter json = session.probe().beginObject(event.label()).number("version", version);
        question.write(json);
        return json;
    }

    private void end(Session session) {
        end();
        session.probe().endObject();
        session.end();
    }
}
