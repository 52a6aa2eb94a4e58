// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ftp;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.text.ByteStore;

/** Writes the event of a command and its replies. */
final class FtpEvent {
    private final Slice piece = new Slice();

    void write(FtpTransaction transaction, Session session) {
        session.nextTransaction();
        JsonWriter json = session.begin(EventType.FTP, Direction.TO_SERVER).beginObject("ftp");
        command(transaction, json);
        list("completion_code", transaction.codes, json);
        list("reply", transaction.replies, json);
        if (transaction.dynamicPort != 0) {
            json.number("dynamic_port", transaction.dynamicPort);
        }
        if (transaction.command.isActive()) {
            json.ascii("mode", "active");
        } else if (transaction.command.isPassive()) {
            json.ascii("mode", "passive");
        }
        json.ascii("reply_received", transaction.answered ? "yes" : "no");
        json.bool("reply_truncated", transaction.repliesCut).endObject();
        session.end();
    }

    private void command(FtpTransaction transaction, JsonWriter json) {
        if (transaction.request.isEmpty()) {
            return;
        }
        if (transaction.command == FtpCommand.OTHER) {
            json.wire("command", transaction.request.get(0, piece));
        } else {
            json.ascii("command", transaction.command.name());
        }
        if (transaction.argumentSecret) {
            json.secret("command_data", transaction.argument()).bool("command_truncated", transaction.requestCut);
        } else if (transaction.request.count() > 1) {
            json.wire("command_data", transaction.request.get(1, piece));
            json.bool("command_truncated", transaction.requestCut);
        }
    }

    private void list(String name, ByteStore pieces, JsonWriter json) {
        if (pieces.isEmpty()) {
            return;
        }
        json.beginArray(name);
        for (int i = 0; i < pieces.count(); i++) {
            json.wireItem(pieces.get(i, piece));
        }
        json.endArray();
    }
}
