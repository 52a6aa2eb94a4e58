// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import org.jspecify.annotations.Nullable;

/** Writes an operation as one event: the request, and the responses to it. */
final class LdapEvent {
    private final Requests requests = new Requests();
    private final Responses responses = new Responses();
    private final Slice content = new Slice();

    /** @param last the response that ends the operation, if one does */
    void write(PendingOperation operation, @Nullable Message last, Session session) {
        JsonWriter json = session.begin(EventType.LDAP, Direction.TO_SERVER).beginObject("ldap");
        operation.rewind();
        responses.valueIsPassword(operation.request() == Operation.EXTENDED_REQUEST);
        json.beginObject("request").number("message_id", operation.id());
        json.ascii("operation", Operation.name(operation.request()));
        int tag = operation.next(content);
        if (Operation.isRequest(tag)) {
            requests.write(tag, content, json);
            responses.valueIsPassword(requests.isPasswordModify());
            tag = operation.next(content);
        }
        json.endObject();
        if (tag != 0 || last != null) {
            json.beginArray("responses");
            for (; tag != 0; tag = operation.next(content)) {
                writeResponse(tag, content, json.beginObject());
            }
            if (last != null) {
                writeResponse(last.operation, last.content, json.beginObject());
            }
            json.endArray();
        }
        json.endObject();
        if (operation.request() == Operation.BIND_REQUEST) {
            operation.rewind();
            operation.next(content);
            session.shared(Bind.class, Bind::new).write(content, last, session.probe());
        }
        session.end();
    }

    /** Writes a response whose request was not seen, or that nobody asked for (RFC 4511, 4.4). */
    void writeUnasked(Message response, Session session) {
        JsonWriter json = session.begin(EventType.LDAP, Direction.TO_SERVER).beginObject("ldap");
        responses.valueIsPassword(true); // for all that is known
        json.beginArray("responses").beginObject().number("message_id", response.id);
        writeResponse(response.operation, response.content, json);
        json.endArray().endObject();
        session.end();
    }

    private void writeResponse(int tag, Slice response, JsonWriter json) {
        json.ascii("operation", Operation.name(tag));
        responses.write(tag, response, json);
        json.endObject();
    }
}
