// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.snmp;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.asn1.Der;
import io.dpiprobe.capture.protocol.asn1.ObjectIdentifier;

/** Writes one event for each SNMP message. The community is a secret: it is a password. */
final class SnmpDissector implements Dissector {
    /** Variables of one message that are named: as many as a datagram without fragments holds. */
    @Bound(of = "variables of a message", then = "further ones are left out")
    static final int MAX_VARIABLES = 128;

    private final SnmpMessage message = new SnmpMessage();
    private final Cursor list = new Cursor();
    private final Slice name = new Slice();

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        Verdict verdict = message.read(in);
        if (verdict == Verdict.OK) {
            session.nextTransaction();
            write(session.begin(EventType.SNMP, from).beginObject("snmp"));
            session.end();
        }
        return verdict;
    }

    @Override
    public void reset() {}

    private void write(JsonWriter json) {
        boolean version3 = message.version == SnmpMessage.VERSION_3;
        json.number("version", version3 ? message.version : message.version + 1);
        if (!message.user.isEmpty()) {
            json.wire("usm", message.user);
        } else if (!version3) {
            json.secret("community", message.community);
        }
        if (message.type != 0) {
            json.ascii("pdu_type", PduType.name(message.type));
        }
        if (message.type == PduType.TRAP_V1) {
            json.ascii("trap_type", PduType.trap(message.genericTrap));
            ObjectIdentifier.write(message.trapObject, json.beginText("trap_oid"));
            json.endText().address("trap_address", 4, 0, message.trapAddress.u32(0));
        }
        if (!message.variables.isEmpty()) {
            writeVariables(json);
        }
        json.endObject();
    }

    private void writeVariables(JsonWriter json) {
        json.beginArray("vars");
        list.wrap(message.variables);
        for (int i = 0; i < MAX_VARIABLES && list.hasRemaining(); i++) {
            int variable = Der.enter(list, Der.SEQUENCE);
            Der.slice(list, Der.OBJECT_IDENTIFIER, name);
            list.leave(variable);
            if (!list.failed()) {
                ObjectIdentifier.write(name, json.beginTextItem());
                json.endText();
            }
        }
        json.endArray();
    }
}
