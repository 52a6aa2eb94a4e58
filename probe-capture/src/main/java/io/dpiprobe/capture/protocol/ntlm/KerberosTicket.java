// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Reads the service that a Kerberos ticket inside a security token is for (RFC 4120, 5.3), and keeps its names. */
public final class KerberosTicket {
    /** Components of a service name kept: service, host and, for directory services, the domain. */
    @Bound(of = "components of a service name", then = "further ones are left out")
    private static final int MAX_NAMES = 4;
    /** How deep and how far the search for a ticket goes: SPNEGO, GSS-API and AP-REQ together need less. */
    @Bound(of = "tags looked at in search of a ticket", then = "the search ends")
    private static final int MAX_STEPS = 64;

    private static final int TICKET = 0x61;
    private static final int GSS_TOKEN = 0x60;
    private static final int AP_REQ = 0x6e;
    private static final int AP_REP = 0x6f;
    private static final int SEQUENCE = 0x30;
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_1 = 0xa1;
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
    private int encryption;

    public KerberosTicket() {
        for (int i = 0; i < MAX_NAMES; i++) {
            names[i] = new WireString();
        }
    }

    /** Looks for a ticket inside a security token; true if its names are there. */
    public boolean find(Slice token) {
        count = 0;
        encryption = 0;
        realm.clear();
        return seek(token, TICKET) && readTicket();
    }

    /** True if a security token holds the answer of a server that could read a ticket. */
    boolean isAnswer(Slice token) {
        return seek(token, AP_REP);
    }

    /** Moves behind the head of an element. */
    private boolean seek(Slice token, int wanted) {
        in.wrap(token);
        for (int step = 0; step < MAX_STEPS && in.hasRemaining(); step++) {
            int tag = in.u8();
            if (tag == BOOLEAN && in.remaining() > 0 && in.peekU8(0) == 0) {
                in.skip(1); // the token identifier of an AP-REQ, 01 00 (RFC 4121, 4.1)
                continue;
            }
            int length = length();
            if (tag == wanted) {
                return !in.failed();
            }
            if (!leadsToTicket(tag)) {
                in.skip(length);
            }
        }
        return false;
    }

    /** The encryption of the ticket, which is that of the service's key; 0 if it is not there. */
    int encryption() {
        return encryption;
    }

    WireString realm() {
        return realm;
    }

    /** Writes the service's name with slashes between its parts. */
    void writeService(JsonWriter json) {
        json.beginText("service");
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                json.append('/');
            }
            json.appendWire(names[i].text());
        }
        json.endText();
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
            case GSS_TOKEN, AP_REQ, SEQUENCE, CONTEXT_0, CONTEXT_1, CONTEXT_2, CONTEXT_3, OCTET_STRING -> true;
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
        boolean named = !in.failed() && count > 0;
        readEncryption();
        return named;
    }

    /** enc-part [3]: EncryptedData, whose etype is [0]. */
    private void readEncryption() {
        open();
        open();
        open();
        int type = Der.number(in, Der.INTEGER);
        encryption = in.failed() ? 0 : type;
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
