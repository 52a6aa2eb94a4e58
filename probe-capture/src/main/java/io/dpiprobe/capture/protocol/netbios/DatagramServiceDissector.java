// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Writes one event for each packet of the datagram service (RFC 1002, 4.4) and what hosts announce or look for with it.
 * EVE has no place for it, so that all of it is under the {@code probe} object.
 */
final class DatagramServiceDissector implements Dissector {
    private static final int MORE_FOLLOW = 1;

    private final ServiceName source = new ServiceName();
    private final ServiceName destination = new ServiceName();
    private final MailslotWrite mailslot = new MailslotWrite();
    private final BrowserMessage browser = new BrowserMessage();
    private final LogonMessage logon = new LogonMessage();
    private final Cursor inside = new Cursor();

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        DatagramType type = DatagramType.of(in.u8());
        in.require(type != DatagramType.UNKNOWN);
        int flags = in.u8();
        int id = in.u16();
        long address = in.u32();
        in.skip(2); // port
        boolean whole = (flags & MORE_FOLLOW) == 0;
        int code = 0;
        if (type.carriesData()) {
            in.skip(2); // length
            whole &= in.u16() == 0; // place of this part
            source.read(in, NameService.NBNS);
            destination.read(in, NameService.NBNS);
        } else if (type == DatagramType.ERROR) {
            code = in.u8();
        } else {
            destination.read(in, NameService.NBNS);
        }
        if (in.failed()) {
            return Verdict.INVALID;
        }
        session.nextTransaction();
        session.begin(EventType.NBDGM, from);
        JsonWriter json = session.probe().beginObject(EventType.NBDGM.label());
        json.ascii("type", type.label).number("id", id).address("source_ip", 4, 0, address);
        if (type == DatagramType.ERROR) {
            json.number("error", code);
        } else {
            writeNames(type, json);
        }
        if (type.carriesData() && whole) {
            writeData(in, json);
        }
        json.endObject();
        session.end();
        return Verdict.OK;
    }

    @Override
    public void reset() {}

    private void writeNames(DatagramType type, JsonWriter json) {
        if (type.carriesData()) {
            source.write(json, "source_name", "source_suffix");
        }
        destination.write(json, "destination_name", "destination_suffix");
    }

    private void writeData(Cursor in, JsonWriter json) {
        mailslot.read(in);
        if (in.failed()) {
            return;
        }
        Slice name = mailslot.name();
        json.wire("mailslot", name);
        inside.wrap(mailslot.data());
        if (name.equalsIgnoreCase("\\MAILSLOT\\BROWSE")) {
            browser.write(inside, json);
        } else if (name.startsWithIgnoreCase("\\MAILSLOT\\NET\\")) {
            logon.write(inside, json);
        }
    }
}
