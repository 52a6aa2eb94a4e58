// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;

/** Writes the event of a multicast DNS message: each record under the name of its type. */
final class MdnsEvent implements DnsMessageEvent {
    private final DnsHeader header = new DnsHeader();
    private final DnsRecord entry = new DnsRecord();
    private final MdnsData data = new MdnsData();

    @Override
    public void write(Direction from, Cursor in, Session session) {
        int message = in.position();
        header.read(in);
        if (in.failed()) {
            return;
        }
        JsonWriter json = session.begin(EventType.MDNS, from).beginObject("mdns");
        json.ascii("type", header.isResponse() ? "response" : "request").number("id", header.id);
        writeFlags(json);
        json.number("opcode", header.opcode()).number("rcode", header.rcode());
        writeQueries(json, in, message);
        writeRecords(json, "answers", header.answers, in, message);
        writeRecords(json, "authorities", header.authorities, in, message);
        writeRecords(json, "additionals", header.additionals, in, message);
        json.endObject();
        if (!in.failed()) {
            session.nextTransaction();
            session.end();
        }
    }

    private void writeFlags(JsonWriter json) {
        if (header.isAuthoritative() || header.isTruncated() || header.isRecursionDesired()) {
            json.beginArray("flags");
            item(json, "aa", header.isAuthoritative());
            item(json, "tc", header.isTruncated());
            item(json, "rd", header.isRecursionDesired());
            json.endArray();
        }
    }

    private static void item(JsonWriter json, String name, boolean set) {
        if (set) {
            json.asciiItem(name);
        }
    }

    private void writeQueries(JsonWriter json, Cursor in, int message) {
        if (header.questions == 0) {
            return;
        }
        json.beginArray("queries");
        for (int i = 0; i < header.questions && !in.failed() && !json.isTruncated(); i++) {
            entry.name.read(in, message);
            int type = in.u16();
            in.skip(2); // class
            json.beginObject().wire("rrname", entry.name.text()).ascii("rrtype", DnsType.lowerCaseNameOf(type));
            json.endObject();
        }
        json.endArray();
    }

    private void writeRecords(JsonWriter json, String section, int count, Cursor in, int message) {
        if (count == 0 || in.failed() || json.isTruncated()) {
            return;
        }
        json.beginArray(section);
        for (int i = 0; i < count && !in.failed() && !json.isTruncated(); i++) {
            entry.read(in, message);
            json.beginObject().wire("rrname", entry.name.text());
            if (!in.failed()) {
                data.write(json, entry, in, message);
            }
            json.endObject();
        }
        json.endArray();
    }
}
