// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.krb5;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/** Writes one event for each request, reply and error of Kerberos, and says which request an error is for. */
final class KrbDissector implements Dissector {
    private static final String EMPTY = "<empty>";
    private static final int NO_REQUEST = 0;

    private final Message message = new Message();
    private int request = NO_REQUEST;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (session.flow().protocol() == IpProtocol.TCP) {
            return readRecord(from, in, session);
        }
        if (message.read(in) == Verdict.OK) {
            onMessage(from, session);
        }
        return in.verdict();
    }

    @Override
    public void reset() {
        request = NO_REQUEST;
    }

    /** RFC 4120, 7.2.2: four bytes of length, whose highest bit is reserved, then the message. */
    private Verdict readRecord(Direction from, Cursor in, Session session) {
        int length = in.i32();
        in.require(length >= 0);
        int record = in.enter(length);
        if (length > 0 && message.read(in) == Verdict.OK) {
            onMessage(from, session);
        }
        in.leave(record);
        return in.verdict();
    }

    private void onMessage(Direction from, Session session) {
        if (MessageType.isRequest(message.type)) {
            request = message.type;
        }
        if (message.type != MessageType.AP_REQ && message.type != MessageType.AP_REP) {
            session.nextTransaction();
            write(session.begin(EventType.KRB5, from).beginObject("krb5"));
            if (message.type == MessageType.AS_REQ || message.type == MessageType.TGS_REQ) {
                message.request.write(session.probe());
            }
            session.end();
        }
        if (!MessageType.isRequest(message.type)) {
            request = NO_REQUEST;
        }
    }

    private void write(JsonWriter json) {
        json.ascii("msg_type", MessageType.name(message.type));
        if (message.type == MessageType.ERROR) {
            json.ascii("failed_request", MessageType.name(request));
            named(json, "error_code", ErrorCode.name(message.errorCode), message.errorCode);
        }
        name(json, "cname", message.client);
        realm(json, message.realm);
        name(json, "sname", message.service);
        if (message.type == MessageType.AS_REP || message.type == MessageType.TGS_REP) {
            named(json, "encryption", EncryptionType.name(message.encryption), message.encryption);
            json.bool("weak_encryption", EncryptionType.isWeak(message.encryption));
            named(json, "ticket_encryption", EncryptionType.name(message.ticketEncryption), message.ticketEncryption);
            json.bool("ticket_weak_encryption", EncryptionType.isWeak(message.ticketEncryption));
        } else {
            json.ascii("encryption", "<none>").bool("weak_encryption", false);
        }
        json.endObject();
    }

    private static void name(JsonWriter json, String field, PrincipalName name) {
        if (name.isEmpty()) {
            json.ascii(field, EMPTY);
        } else {
            name.write(json, field);
        }
    }

    private static void realm(JsonWriter json, Slice realm) {
        if (realm.isEmpty()) {
            json.ascii("realm", EMPTY);
        } else {
            json.wire("realm", realm);
        }
    }

    /** A registered name, or the number itself as text. */
    private static void named(JsonWriter json, String field, String name, int number) {
        if (name.isEmpty()) {
            json.beginText(field).appendNumber(number).endText();
        } else {
            json.ascii(field, name);
        }
    }
}
