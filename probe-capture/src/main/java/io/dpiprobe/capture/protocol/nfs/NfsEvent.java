// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;

/** Writes calls and their answers as events, and what a file's event says of NFS. */
final class NfsEvent {
    private static final Slice NO_NAME = new Slice();

    private NfsEvent() {}

    /** @param filename what the call is about */
    static void write(Call call, Slice filename, int status, Session session) {
        JsonWriter json = begin(session);
        call.caller.write(call.xid(), "ACCEPTED", json);
        json.beginObject("nfs").number("version", call.version).ascii("procedure", call.procedure.name());
        json.wire("filename", filename);
        if (call.hasHandle) {
            json.hex("hhash", call.handle & 0xffff_ffffL);
        }
        json.number("id", call.number).bool("file_tx", false).ascii("type", "response");
        json.ascii("status", NfsStatus.name(status));
        if (call.procedure == Procedure.RENAME) {
            json.beginObject("rename").wire("from", call.name.text());
            json.wire("to", call.newName.text()).endObject();
        }
        json.endObject();
        session.end();
    }

    /** Writes the transfer of a file. */
    static void write(OpenFile file, Session session) {
        JsonWriter json = begin(session);
        file.write(json);
        session.end();
    }

    /** An event comes from the packet that shows the answer: on TCP that is its acknowledgment. */
    private static JsonWriter begin(Session session) {
        boolean tcp = session.flow().protocol() == IpProtocol.TCP;
        return session.begin(EventType.NFS, tcp ? Direction.TO_SERVER : Direction.TO_CLIENT);
    }

    static Slice noName() {
        return NO_NAME;
    }
}
