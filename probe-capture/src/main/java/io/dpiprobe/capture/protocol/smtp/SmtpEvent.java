// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smtp;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileCarrier;

/** Writes the event of a mail transaction, and its part in the events of attachments. */
final class SmtpEvent implements FileCarrier {
    private final Slice piece = new Slice();
    private SmtpTransaction transaction = new SmtpTransaction();

    /** Says which transaction the files belong to that come next. */
    void carry(SmtpTransaction transaction) {
        this.transaction = transaction;
    }

    void write(SmtpTransaction transaction, Session session) {
        this.transaction = transaction;
        JsonWriter json = session.begin(EventType.SMTP, Direction.TO_SERVER).number("tx_id", transaction.number);
        write(json);
        session.end();
    }

    @Override
    public String protocol() {
        return SmtpProtocol.ON_PORT.name();
    }

    @Override
    public long transaction() {
        return transaction.number;
    }

    @Override
    public void write(JsonWriter json) {
        json.beginObject("smtp");
        if (!transaction.helo.isEmpty()) {
            json.wire("helo", transaction.helo.get(0, piece));
        }
        if (!transaction.mailFrom.isEmpty()) {
            json.wire("mail_from", transaction.mailFrom.get(0, piece));
        }
        if (!transaction.rcptTo.isEmpty()) {
            json.beginArray("rcpt_to");
            for (int i = 0; i < transaction.rcptTo.count(); i++) {
                json.wireItem(transaction.rcptTo.get(i, piece));
            }
            json.endArray();
        }
        json.endObject();
        if (transaction.message.isBegun()) {
            transaction.message.write(json);
        }
    }
}
