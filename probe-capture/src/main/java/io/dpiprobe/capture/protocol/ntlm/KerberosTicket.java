// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads the service that a Kerberos ticket inside a security token is for (RFC 4120, 5.3), and keeps its names. */
public final class KerberosTicket {
    /** Components of a service name kept: service, host and, for directory services, the domain. */
    private static final int MAX_NAMES = 4;
    /** How deep and how far the search for a ticket goes: SPNEGO, GSS-API and AP-REQ together need less. */
    private static final int MAX_STEPS = 64;

    private static final int TICKET = 0x61;
    private static final int GSS_TOKEN = 0x60;
    private static final int AP_REQ = 0x6e;
    private static final int SEQUENCE = 0x30;
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_2 = 0xa2;
    private static final int CONTEXT_3 = 0xa3;
    private static final int OCTET_STRING = 0x04;
    private static final int BOOLEAN = 0x01;
    private static final int CONSTRUCTED = 0x20;

    private final Cursor in = new Cursor();
    private final Slice value = new Slice();
    private final WireString realm = new WireString();
    private final WireString[] names = new WireString[MAX_NAMES];
    private int count;

    public KerberosTicket() {
        for (int i = 0; i < MAX_NAMES; i++) {
            names[i] = new WireString();
        }
    }

    /** Looks for a ticket inside a security token; true if its names are there. */
    public boolean find(Slice token) {
        in.wrap(token);
        count = 0;
        realm.clear();
        for (int step = 0; step < MAX_STEPS && in.hasRemaining(); step++) {
            int tag = in.u8();
            if (tag == BOOLEAN && in.remaining() > 0 && in.peekU8(0) == 0) {
                in.skip(1); // the token identifier of an AP-REQ, 01 00 (RFC 4121, 4.1)
                continue;
            }
            int length = length();
            if (tag == TICKET) {
                return readTicket();
            }
            if (!leadsToTicket(tag)) {
                in.skip(length);
            }
        }
        return false;
    }

    /** Writes the members of a {@code kerberos} object. */
    public void write(JsonWriter json) {
        json.wire("realm", realm.text()).beginArray("snames");
        for (int i = 0; i < count; i++) {
            json.wireItem(names[i].text());
        }
        json.endArray();
    }

    private static boolean leadsToTicket(int tag) {
        return switch (tag) {
            case GSS_TOKEN, AP_REQ, SEQUENCE, CONTEXT_0, CONTEXT_2, CONTEXT_3, OCTET_STRING -> true;
            default -> false;
        };
    }

    /** Ticket ::= SEQUENCE of tkt-vno [0], realm [1], sname [2] and what is encrypted. */
    private boolean readTicket() {
        open();
        skipItem();
        open();
        string(realm);
        open(); // sname
        open();
        skipItem(); // name-type
        open();
        in.require((in.u8() & CONSTRUCTED) != 0);
        int list = length();
        int outer = in.enter(list);
        while (in.hasRemaining() && count < MAX_NAMES) {
            string(names[count]);
            count += in.failed() ? 0 : 1;
        }
        in.leave(outer);
        return !in.failed() && count > 0;
    }

    private void open() {
        in.u8();
        length();
    }

    private void skipItem() {
        in.u8();
        in.skip(length());
    }

    private void string(WireString into) {
        in.u8();
        in.slice(length(), value);
        into.set(value);
    }

    /** A length of X.690 in its definite form. */
    private int length() {
        int first = in.u8();
        if (first < 0x80) {
            return first;
        }
        return switch (first) {
            case 0x81 -> in.u8();
            case 0x82 -> in.u16();
            case 0x83 -> in.u24();
            default -> {
                in.require(false);
                yield 0;
            }
        };
    }
}
