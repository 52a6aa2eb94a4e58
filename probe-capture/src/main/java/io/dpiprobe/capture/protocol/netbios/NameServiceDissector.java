// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Writes one event for each message (RFC 1002, 4.2; RFC 4795, 2.1). EVE has no place for it, so that all of it is under
 * the {@code probe} object.
 */
final class NameServiceDissector implements Dissector {
    /** Answers shown: a name is one machine's, or a group's. */
    @Bound(of = "answers of a message", then = "further ones are left out")
    static final int MAX_ANSWERS = 8;
    /** Names shown that a machine says it has. */
    @Bound(of = "names that a machine says it has", then = "further ones are left out")
    static final int MAX_OWN_NAMES = 16;

    private static final int ADDRESS = 1;
    private static final int ADDRESS_6 = 28;
    private static final int NB = 0x20;
    private static final int NBSTAT = 0x21;
    private static final int UNKNOWN = -1;
    private static final int OWN_NAME_BYTES = 15;

    private final NameService service;
    private final ServiceName name = new ServiceName();
    private final Slice data = new Slice();
    private final Cursor inside = new Cursor();

    NameServiceDissector(NameService service) {
        this.service = service;
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        int id = in.u16();
        int flags = in.u16();
        int questions = in.u16();
        int answers = in.u16();
        in.skip(4);
        name.read(in, service);
        int type = in.u16();
        in.skip(2);
        if (in.failed()) {
            return Verdict.INVALID;
        }
        session.nextTransaction();
        session.begin(service.event, from);
        JsonWriter json = session.probe().beginObject(service.event.label());
        boolean response = (flags & 0x8000) != 0;
        json.ascii("type", response ? "response" : "request").number("id", id);
        json.ascii("operation", operation(flags >> 11 & 15, service));
        name.write(json, service);
        json.ascii("rrtype", typeName(type));
        if (response) {
            json.number("rcode", flags & 15);
            writeAnswers(in, type, questions, answers, json);
        }
        json.endObject();
        session.end();
        return Verdict.OK;
    }

    @Override
    public void reset() {}

    /** Without a question the record read first is the answer. */
    private void writeAnswers(Cursor in, int type, int questions, int answers, JsonWriter json) {
        int mark = json.mark();
        json.beginArray(type == NBSTAT ? "own_names" : "addresses");
        int empty = json.mark();
        int rrtype = type;
        for (int i = 0; i < answers && i < MAX_ANSWERS && !in.failed(); i++) {
            if (i > 0 || questions > 0) {
                name.read(in, service);
                rrtype = in.u16();
                in.skip(2);
            }
            in.skip(4); // time to live
            in.slice(in.u16(), data);
            writeData(rrtype, json);
        }
        if (json.mark() == empty) {
            json.rewind(mark);
        } else {
            json.endArray();
        }
    }

    private void writeData(int type, JsonWriter json) {
        inside.wrap(data);
        switch (type) {
            case NB -> writeNetbiosAddresses(json);
            case NBSTAT -> writeOwnNames(json);
            case ADDRESS, ADDRESS_6 -> writeAddress(json);
            default -> {}
        }
    }

    /** Each with two bytes of flags in front (RFC 1002, 4.2.13). */
    private void writeNetbiosAddresses(JsonWriter json) {
        for (int i = 0; i < MAX_ANSWERS && inside.remaining() >= 6; i++) {
            inside.skip(2);
            inside.slice(4, data);
            json.address("", 4, 0, data.u32(0));
        }
    }

    private void writeAddress(JsonWriter json) {
        if (data.length() == 4) {
            json.address("", 4, 0, inside.u32());
        } else if (data.length() == 16) {
            json.address("", 6, inside.u64(), inside.u64());
        }
    }

    /** NODE STATUS RESPONSE (RFC 1002, 4.2.18): a name, what serves under it, and flags. */
    private void writeOwnNames(JsonWriter json) {
        int count = Math.min(inside.u8(), MAX_OWN_NAMES);
        for (int i = 0; i < count && inside.remaining() >= OWN_NAME_BYTES + 3; i++) {
            inside.slice(OWN_NAME_BYTES, data);
            int suffix = inside.u8();
            inside.skip(2);
            json.beginTextItem()
                    .appendWire(data.trim())
                    .append('<')
                    .appendHex(suffix)
                    .append('>')
                    .endText();
        }
    }

    /** LLMNR has but one (RFC 4795, 2.1.1). */
    private static String operation(int code, NameService service) {
        return switch (service == NameService.NBNS || code == 0 ? code : UNKNOWN) {
            case 0 -> "query";
            case 5 -> "registration";
            case 6 -> "release";
            case 7 -> "wait";
            case 8, 9 -> "refresh";
            case 15 -> "multi-homed registration";
            default -> "unknown";
        };
    }

    private static String typeName(int type) {
        return switch (type) {
            case ADDRESS -> "A";
            case ADDRESS_6 -> "AAAA";
            case NB -> "NB";
            case NBSTAT -> "NBSTAT";
            case 12 -> "PTR";
            case 255 -> "ANY";
            default -> "unknown";
        };
    }
}
