// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;

/** Keeps and writes who calls, as the credentials say (RFC 5531, 8 and 9.1). */
public final class Caller {
    private static final int UNIX = 1;
    private static final int MAX_MACHINE_NAME = 255;

    private final WireString machine = new WireString();
    private final Slice text = new Slice();
    private int flavor;
    private long uid;
    private long gid;
    private boolean known;

    void read(int flavor, Cursor credentials) {
        this.flavor = flavor;
        known = false;
        if (flavor == UNIX) {
            credentials.skip(Integer.BYTES); // stamp
            Xdr.opaque(credentials, MAX_MACHINE_NAME, text);
            uid = credentials.u32();
            gid = credentials.u32();
            known = !credentials.failed();
            machine.set(text);
        }
    }

    /** Takes what another keeps. */
    public void set(Caller other) {
        flavor = other.flavor;
        uid = other.uid;
        gid = other.gid;
        known = other.known;
        machine.set(other.machine);
    }

    /** Writes the {@code rpc} object. */
    public void write(int xid, String status, JsonWriter json) {
        json.beginObject("rpc").number("xid", xid & 0xffff_ffffL);
        if (!status.isEmpty()) {
            json.ascii("status", status);
        }
        json.ascii("auth_type", flavorName(flavor));
        if (known) {
            json.beginObject("creds").wire("machine_name", machine.text());
            json.number("uid", uid).number("gid", gid).endObject();
        }
        json.endObject();
    }

    /** What EVE calls a way to authenticate. */
    public static String flavorName(int flavor) {
        return switch (flavor) {
            case 0 -> "NULL";
            case UNIX -> "UNIX";
            case 2 -> "SHORT";
            case 3 -> "DES";
            case 6 -> "GSS_API";
            default -> "UNKNOWN";
        };
    }
}
