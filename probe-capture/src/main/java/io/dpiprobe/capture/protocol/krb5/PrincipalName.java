// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.krb5;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Reads the name of a user or service (RFC 4120, 5.2.2), and writes it with slashes between its parts. */
final class PrincipalName {
    /** Parts written: service, host, instance and domain are the most in use. */
    @Bound(of = "parts of a name", then = "further ones are left out")
    static final int MAX_PARTS = 8;

    private static final int NAME_TYPE = 0xa0;
    private static final int NAME_STRING = 0xa1;
    private static final int GENERAL_STRING = 0x1b;

    private final Slice[] parts = new Slice[MAX_PARTS];
    private int count;

    PrincipalName() {
        for (int i = 0; i < MAX_PARTS; i++) {
            parts[i] = new Slice();
        }
    }

    void clear() {
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** PrincipalName ::= SEQUENCE of name-type [0] Int32, name-string [1] SEQUENCE OF KerberosString. */
    void read(Cursor in) {
        int name = Der.enter(in, Der.SEQUENCE);
        int type = Der.enter(in, NAME_TYPE);
        in.leave(type);
        int field = Der.enter(in, NAME_STRING);
        int list = Der.enter(in, Der.SEQUENCE);
        while (in.hasRemaining() && count < MAX_PARTS) {
            Der.slice(in, GENERAL_STRING, parts[count]);
            count += in.failed() ? 0 : 1;
        }
        in.leave(list);
        in.leave(field);
        in.leave(name);
    }

    void write(JsonWriter json, String field) {
        json.beginText(field);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                json.append('/');
            }
            json.appendWire(parts[i]);
        }
        json.endText();
    }
}
