// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pop3;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileCarrier;

/** Writes the event of a command and its response, and its part in the events of attachments. */
final class Pop3Event implements FileCarrier {
    /** Stands for a line that is no command but the answer to a challenge, in EVE. */
    private static final String SASL_DATA = "<SASL DATA>";

    private final Slice piece = new Slice();
    private Pop3Transaction transaction = new Pop3Transaction();

    /** Says which transaction the files belong to that come next. */
    void carry(Pop3Transaction transaction) {
        this.transaction = transaction;
    }

    void write(Pop3Transaction transaction, Session session) {
        this.transaction = transaction;
        JsonWriter json = session.begin(EventType.POP3, Direction.TO_SERVER);
        write(json);
        if (transaction.cut) {
            json.markTruncated();
        }
        session.end();
    }

    @Override
    public String protocol() {
        return Pop3Protocol.POP3.name();
    }

    @Override
    public long transaction() {
        return transaction.number;
    }

    @Override
    public void write(JsonWriter json) {
        json.beginObject("pop3");
        if (transaction.answersChallenge) {
            json.beginObject("request").ascii("command", SASL_DATA).beginArray("args");
            words(json, 0);
            json.endArray().endObject();
        } else if (!transaction.words.isEmpty()) {
            request(json);
        }
        if (transaction.answered) {
            response(json);
        }
        json.endObject();
        if (transaction.message.isBegun()) {
            transaction.message.write(json);
        }
    }

    private void request(JsonWriter json) {
        json.beginObject("request").wire("command", transaction.words.get(0, piece));
        json.beginArray("args");
        words(json, 1);
        if (transaction.withheld) {
            json.secretItem();
        }
        json.endArray().endObject();
    }

    private void words(JsonWriter json, int from) {
        for (int i = from; i < transaction.words.count(); i++) {
            json.wireItem(transaction.words.get(i, piece));
        }
    }

    private void response(JsonWriter json) {
        json.beginObject("response").bool("success", transaction.success);
        json.ascii("status", transaction.success ? "OK" : "ERR");
        if (transaction.header.isEmpty()) {
            json.ascii("header", "");
        } else {
            json.wire("header", transaction.header.get(0, piece));
        }
        json.beginArray("data");
        for (int i = 0; i < transaction.data.count(); i++) {
            json.wireItem(transaction.data.get(i, piece));
        }
        json.endArray().endObject();
    }
}
