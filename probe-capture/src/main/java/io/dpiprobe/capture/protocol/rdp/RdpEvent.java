// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.tls.TlsHandshake;

/** Writes an event for each step of the connection sequence; its source is, as EVE has it, the side that answers next. */
final class RdpEvent {
    private final Slice serial = new Slice();

    void write(ConnectionPdu pdu, Direction from, Session session) {
        boolean request = from == Direction.TO_SERVER;
        JsonWriter json = begin(request ? "initial_request" : "initial_response", from, session);
        if (request && !pdu.cookie.isEmpty()) {
            json.wire("cookie", pdu.cookie);
        } else if (!request) {
            pdu.negotiation.writeAnswer(json);
        }
        end(json, session);
    }

    void write(ConnectInitial message, Direction from, Session session) {
        JsonWriter json = begin("connect_request", from, session);
        message.write(json);
        end(json, session);
    }

    void writeConnectResponse(Direction from, Session session) {
        end(begin("connect_response", from, session), session);
    }

    void write(TlsHandshake tls, Direction from, Session session) {
        JsonWriter json = begin("tls_handshake", from, session);
        tls.serial(serial);
        json.beginArray("x509_serials").beginTextItem();
        for (int i = 0; i < serial.length(); i++) {
            json.appendHex(serial.u8(i));
        }
        json.endText().endArray();
        end(json, session);
    }

    private static JsonWriter begin(String step, Direction from, Session session) {
        long number = session.nextTransaction() + 1;
        JsonWriter json = session.begin(EventType.RDP, from.opposite()).beginObject("rdp");
        return json.number("tx_id", number).ascii("event_type", step);
    }

    private static void end(JsonWriter json, Session session) {
        json.endObject();
        session.end();
    }
}
