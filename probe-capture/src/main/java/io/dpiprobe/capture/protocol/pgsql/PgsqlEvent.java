// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Session;

/** Writes an exchange as one event. */
final class PgsqlEvent {
    private final RequestFields request = new RequestFields();
    private final ResponseFields response = new ResponseFields();

    /** The protocol's version, as the start-up message has it. */
    void version(int version) {
        request.version(version);
    }

    void write(Exchange exchange, Session session) {
        JsonWriter json = session.begin(EventType.PGSQL, Direction.TO_SERVER).beginObject("pgsql");
        json.number("tx_id", exchange.number);
        json.beginObject("request");
        request.write(exchange, json);
        json.endObject();
        int before = json.mark();
        json.beginObject("response");
        int empty = json.mark();
        response.write(exchange, json);
        if (json.mark() == empty) {
            json.rewind(before);
        } else {
            json.endObject();
        }
        json.endObject();
        session.end();
    }
}
