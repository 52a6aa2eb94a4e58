// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.winrm.WsManagement;

/**
 * Writes the event of one exchange. Credentials (Authorization, cookies) are not among what is kept, so they never show:
 * of tokens of NTLM and Kerberos only the names in them.
 */
final class HttpEvent {
    private final Slice value = new Slice();
    private final Slice rest = new Slice();
    private final ContentRange range = new ContentRange();

    void write(Transaction transaction, Session session) {
        if (transaction.hasDns() && session.wants(EventType.DNS) && writeDns(transaction, session)) {
            return;
        }
        JsonWriter json = session.begin(EventType.HTTP, Direction.TO_SERVER);
        json.number("tx_id", transaction.number);
        writeObject(transaction, json);
        if (HttpLogin.isIn(transaction.fields)) {
            session.shared(HttpLogin.class, HttpLogin::new).write(transaction.fields, session.probe());
        }
        if ((transaction.requestMarks | transaction.responseMarks) != 0) {
            Irregularities.write(transaction, session.probe());
        }
        if (transaction.isManagement) {
            writeManagement(transaction, session);
        }
        session.end();
    }

    /** An exchange that carries a DNS message has the event of that instead, as over HTTP/2. */
    private boolean writeDns(Transaction transaction, Session session) {
        JsonWriter json = session.begin(EventType.DNS, Direction.TO_SERVER);
        json.number("tx_id", transaction.number);
        writeObject(transaction, json);
        if (!transaction.dns().write(json)) {
            return false;
        }
        session.end();
        return true;
    }

    private void writeManagement(Transaction transaction, Session session) {
        transaction.fields.get(HttpField.REQUEST_CONTENT_TYPE, value);
        rest.clear();
        if (transaction.management != null) {
            transaction.management.slice(rest);
        }
        session.shared(WsManagement.class, WsManagement::new).write(value, rest, session.probe());
    }

    /** Writes the object that other events of the exchange show too. */
    void writeObject(Transaction transaction, JsonWriter json) {
        FieldStore fields = transaction.fields;
        json.beginObject("http");
        field(json, "hostname", fields, HttpField.HOST);
        if (transaction.port > 0) {
            json.number("http_port", transaction.port);
        }
        uri(json, "url", fields, HttpField.URL);
        field(json, "http_user_agent", fields, HttpField.USER_AGENT);
        contentType(json, fields);
        if (fields.has(HttpField.CONTENT_RANGE)) {
            range.write(fields.get(HttpField.CONTENT_RANGE, value), json);
        }
        uri(json, "http_refer", fields, HttpField.REFERER);
        field(json, "http_method", fields, HttpField.METHOD);
        field(json, "protocol", fields, HttpField.PROTOCOL);
        status(json, transaction);
        json.number("length", transaction.responseLength).endObject();
        if (fields.isCut()) {
            json.markTruncated();
        }
    }

    private void status(JsonWriter json, Transaction transaction) {
        if (transaction.status > 0) {
            json.number("status", transaction.status);
        } else {
            field(json, "status_string", transaction.fields, HttpField.STATUS);
        }
        if (transaction.status / 100 == 3) {
            uri(json, "redirect", transaction.fields, HttpField.LOCATION);
        }
    }

    /** The media type without its parameters. */
    private void contentType(JsonWriter json, FieldStore fields) {
        if (fields.has(HttpField.CONTENT_TYPE)) {
            fields.get(HttpField.CONTENT_TYPE, value);
            int end = HttpText.indexOf(value, ';');
            json.wire("http_content_type", value.wrap(value.buffer(), value.offset(), end < 0 ? value.length() : end));
        }
    }

    /** A user name and password inside a URI are secrets (RFC 3986, 3.2.1). */
    private void uri(JsonWriter json, String name, FieldStore fields, HttpField field) {
        fields.get(field, value);
        int authority = authority();
        int at = authority < 0 ? -1 : endOfUserInfo(authority);
        if (at < 0) {
            field(json, name, fields, field);
            return;
        }
        int length = value.length();
        json.beginText(name).appendWire(rest.wrap(value.buffer(), value.offset(), authority));
        json.appendSecret(rest.wrap(value.buffer(), value.offset() + authority, at - authority))
                .appendWire(rest.wrap(value.buffer(), value.offset() + at, length - at))
                .endText();
    }

    /** Where the authority of an absolute URI begins; -1 if there is none. */
    private int authority() {
        int colon = HttpText.indexOf(value, ':');
        boolean absolute =
                colon > 0 && colon + 2 < value.length() && value.u8(colon + 1) == '/' && value.u8(colon + 2) == '/';
        return absolute ? colon + 3 : -1;
    }

    private int endOfUserInfo(int authority) {
        for (int i = authority; i < value.length() && "/?#".indexOf(value.u8(i)) < 0; i++) {
            if (value.u8(i) == '@') {
                return i;
            }
        }
        return -1;
    }

    private void field(JsonWriter json, String name, FieldStore fields, HttpField field) {
        if (!fields.get(field, value).isEmpty()) {
            json.wire(name, value);
        }
    }
}
