// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;

/** Writes the event of a DNS message, in version 3 of EVE's DNS format. */
final class DnsEvent implements DnsMessageEvent {
    private static final int VERSION = 3;
    /** DSO (RFC 8490), the last that IANA has assigned. */
    private static final int HIGHEST_OPCODE = 6;
    /** Types whose data is shown once more, gathered by type. */
    private static final int[] GROUPED = {
        DnsType.A,
        DnsType.AAAA,
        DnsType.CNAME,
        DnsType.MX,
        DnsType.NS,
        DnsType.NULL,
        DnsType.PTR,
        DnsType.SRV,
        DnsType.SSHFP,
        DnsType.TXT
    };

    private final DnsHeader header = new DnsHeader();
    private final DnsRecord entry = new DnsRecord();
    private final DnsData data = new DnsData();
    private final DnsTexts texts = new DnsTexts();
    private final DnsUpdate update = new DnsUpdate();
    private boolean updating;
    private long typesSeen;
    private boolean nameTooLong;
    private int broken;

    /** What follows the answers in a message. */
    private enum Section {
        AUTHORITIES("authorities", "invalid_authorities"),
        ADDITIONALS("additionals", "invalid_additionals");

        static final Section[] ALL = values();

        final String label;
        final String anomaly;

        Section(String label, String anomaly) {
            this.label = label;
            this.anomaly = anomaly;
        }

        int bit() {
            return 1 << ordinal();
        }
    }

    @Override
    public void write(Direction from, Cursor in, Session session) {
        int message = in.position();
        header.read(in);
        if (in.failed()) {
            return;
        }
        JsonWriter json = session.begin(EventType.DNS, from);
        if (writeObject(json, in, message, session.transactions())) {
            long transaction = session.nextTransaction();
            if (!update.isEmpty()) {
                update.write(session.probe());
            }
            session.end();
            noteAnomalies(from, session, transaction);
        }
    }

    /** Writes the object alone, of a whole message; false, and nothing is written, if it is none. */
    boolean writeMember(JsonWriter json, Cursor in, long transaction) {
        int before = json.mark();
        int message = in.position();
        header.read(in);
        boolean whole = !in.failed() && writeObject(json, in, message, transaction);
        if (!whole) {
            json.rewind(before);
        }
        return whole;
    }

    /** False if the message is broken before the end of its answers. */
    private boolean writeObject(JsonWriter json, Cursor in, int message, long transaction) {
        typesSeen = 0;
        nameTooLong = false;
        broken = 0;
        update.clear();
        json.beginObject("dns");
        writeHeader(json, transaction);
        writeQueries(json, in, message);
        int answers = in.consumed();
        if (!json.isTruncated()) {
            writeRecords(json, "answers", header.answers, in, message);
        }
        int behind = in.consumed();
        if (header.answers > 0 && !in.failed() && !json.isTruncated()) {
            writeGrouped(json, answers, in, message);
            in.seek(behind);
        }
        if (in.failed()) {
            return false;
        }
        writeOrLeaveOut(json, Section.AUTHORITIES, header.authorities, in, message);
        writeOrLeaveOut(json, Section.ADDITIONALS, header.additionals, in, message);
        json.endObject();
        return true;
    }

    private void noteAnomalies(Direction from, Session session, long transaction) {
        if (header.opcode() > HIGHEST_OPCODE) {
            session.anomaly(from, "invalid_opcode", transaction);
        }
        if (header.isReserved()) {
            session.anomaly(from, "z_flag_set", transaction);
        }
        if (nameTooLong) {
            session.anomaly(from, "name_too_long", transaction);
        }
        for (Section section : Section.ALL) {
            if ((broken & section.bit()) != 0) {
                session.anomaly(from, section.anomaly, transaction);
                return; // what comes behind cannot be found
            }
        }
    }

    /**
     * What was asked and answered is worth an event even if what comes behind it is broken. A full event is read no
     * further: a small message can point at a long name so often that all of it would be a thousand times its size.
     */
    private void writeOrLeaveOut(JsonWriter json, Section section, int count, Cursor in, int message) {
        if (json.isTruncated()) {
            return;
        }
        int before = json.mark();
        updating = section == Section.AUTHORITIES && header.isUpdate();
        writeRecords(json, section.label, count, in, message);
        updating = false;
        if (in.failed()) {
            json.rewind(before);
            broken |= section.bit();
        }
    }

    private void writeHeader(JsonWriter json, long transaction) {
        json.number("version", VERSION).ascii("type", header.isResponse() ? "response" : "request");
        json.number("tx_id", transaction).number("id", header.id).hex("flags", header.flags);
        flag(json, "qr", header.isResponse());
        flag(json, "aa", header.isAuthoritative());
        flag(json, "tc", header.isTruncated());
        flag(json, "rd", header.isRecursionDesired());
        flag(json, "ra", header.isRecursionAvailable());
        flag(json, "z", header.isReserved());
        json.number("opcode", header.opcode()).ascii("rcode", DnsType.rcode(header.rcode()));
    }

    private static void flag(JsonWriter json, String name, boolean set) {
        if (set) {
            json.bool(name, true);
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
            json.beginObject().wire("rrname", entry.name.text()).ascii("rrtype", DnsType.nameOf(type));
            flag(json, "rrname_truncated", entry.name.isTruncated());
            nameTooLong |= entry.name.isTruncated();
            json.endObject();
        }
        json.endArray();
    }

    private void writeRecords(JsonWriter json, String section, int count, Cursor in, int message) {
        if (count == 0 || in.failed()) {
            return;
        }
        json.beginArray(section);
        for (int i = 0; i < count && !in.failed() && !json.isTruncated(); i++) {
            entry.read(in, message);
            typesSeen |= bit(entry.type);
            if (updating) {
                update.count(entry);
            }
            if (entry.type == DnsType.TXT && data.isReadable(entry)) {
                writeTexts(json);
            } else if (!in.failed()) {
                writeRecord(json);
                data.write(json, "rdata", entry, in, message);
                json.endObject();
            }
        }
        json.endArray();
    }

    private void writeRecord(JsonWriter json) {
        json.beginObject().wire("rrname", entry.name.text()).ascii("rrtype", DnsType.nameOf(entry.type));
        flag(json, "rrname_truncated", entry.name.isTruncated());
        json.number("ttl", entry.ttl);
    }

    /** A TXT record shows as one for each of its strings. */
    private void writeTexts(JsonWriter json) {
        int at = 0;
        while (at < entry.data.length()) {
            at = texts.next(entry.data, at);
            writeRecord(json);
            json.wire("rdata", texts.text()).endObject();
        }
    }

    private void writeGroupedItem(JsonWriter json, Cursor in, int message) {
        if (entry.type != DnsType.TXT) {
            data.write(json, "", entry, in, message);
            return;
        }
        int at = 0;
        while (at < entry.data.length()) {
            at = texts.next(entry.data, at);
            json.wireItem(texts.text());
        }
    }

    /** A bit for each type below 64, which all that are grouped are. */
    private static long bit(int type) {
        return type < Long.SIZE ? 1L << type : 0;
    }

    private boolean isAmongAnswers(int type) {
        return (typesSeen & bit(type)) != 0;
    }

    private void writeGrouped(JsonWriter json, int answers, Cursor in, int message) {
        int before = json.mark();
        boolean any = false;
        json.beginObject("grouped");
        for (int type : GROUPED) {
            if (!isAmongAnswers(type)) {
                continue;
            }
            in.seek(answers);
            boolean open = false;
            for (int i = 0; i < header.answers && !in.failed() && !json.isTruncated(); i++) {
                entry.readPastName(in);
                if (entry.type == type && data.isReadable(entry)) {
                    if (!open) {
                        json.beginArray(DnsType.nameOf(type));
                        open = true;
                    }
                    writeGroupedItem(json, in, message);
                }
            }
            if (open) {
                json.endArray();
                any = true;
            }
        }
        json.endObject();
        if (!any) {
            json.rewind(before);
        }
    }
}
