// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileCarrier;
import io.dpiprobe.capture.protocol.file.FileTracker;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.oncrpc.Caller;
import org.jspecify.annotations.Nullable;

/** Follows one file that is read or written in parts, in their order. */
final class OpenFile implements FileCarrier {
    private final FileTracker tracker;
    private final Caller caller = new Caller();
    private final WireString name = new WireString();

    private boolean open;
    private int handle;
    private int version;
    private Procedure procedure = Procedure.UNKNOWN;
    private long number;
    private int lastXid;
    private long chunks;
    private long next;
    private boolean complete;

    OpenFile(Direction direction) {
        tracker = new FileTracker(direction);
    }

    /** Begins a file whose transaction has this number, from 1. */
    void open(Call call, long number, @Nullable WireString known, Session session) {
        open = true;
        handle = call.handle;
        version = call.version;
        procedure = call.procedure;
        this.number = number;
        chunks = 0;
        next = 0;
        complete = false;
        caller.set(call.caller);
        name.clear();
        if (known != null) {
            name.set(known);
        }
        tracker.open(name.text(), session);
    }

    boolean isOpen() {
        return open;
    }

    boolean is(int handle) {
        return open && this.handle == handle;
    }

    /** A part begins: what lies between it and the last one was not seen. */
    void beginPart(Call call) {
        chunks++;
        lastXid = call.xid();
        tracker.onLost(call.offset - next);
        next = Math.max(next, call.offset);
    }

    void onContent(Slice content) {
        tracker.onContent(content);
        next += content.length();
    }

    void close(End end, Session session) {
        if (open) {
            open = false;
            complete = end == End.COMPLETE;
            tracker.close(end, this, session);
            NfsEvent.write(this, session);
        }
    }

    @Override
    public String protocol() {
        return NfsProtocol.NAME;
    }

    @Override
    public long transaction() {
        return number - 1;
    }

    @Override
    public void write(JsonWriter json) {
        caller.write(lastXid, "ACCEPTED", json);
        json.beginObject("nfs").number("version", version).ascii("procedure", procedure.name());
        json.wire("filename", name.text()).hex("hhash", handle & 0xffff_ffffL);
        json.number("id", number)
                .bool("file_tx", true)
                .ascii("type", "response")
                .ascii("status", "OK");
        json.beginObject(procedure == Procedure.READ ? "read" : "write");
        json.bool("first", true).bool("last", complete);
        json.number("last_xid", complete ? lastXid & 0xffff_ffffL : 0).number("chunks", chunks);
        json.endObject().endObject();
    }
}
