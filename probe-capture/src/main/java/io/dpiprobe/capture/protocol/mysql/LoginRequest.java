// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mysql;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.sql.SqlLogin;

/** Reads a client's answer to the greeting: HandshakeResponse41, or the older one. */
final class LoginRequest {
    /** Length of a request that only asks for TLS. */
    static final int TLS_REQUEST_LENGTH = 32;

    private static final int CONNECT_WITH_DATABASE = 0x8;
    private static final int PROTOCOL_41 = 0x200;
    private static final int TLS = 0x800;
    private static final int SECURE_CONNECTION = 0x8000;
    private static final int PLUGIN = 0x8_0000;
    private static final int ATTRIBUTES = 0x10_0000;
    private static final int LONG_PROOF = 0x20_0000;
    /** Longest packet, character set, zeros. */
    private static final int FIXED = 28;
    /** Attributes looked at: drivers send about ten. */
    @Bound(of = "attributes of a client", then = "further ones are not looked at")
    private static final int MAX_ATTRIBUTES = 32;

    private final Slice name = new Slice();
    private final Slice value = new Slice();

    static boolean asksForTls(int length, int capabilities) {
        return length == TLS_REQUEST_LENGTH && (capabilities & TLS) != 0;
    }

    /** Reads a packet's content; what is missing at its end is not there. */
    void read(Cursor in, SqlLogin login) {
        int capabilities = in.u16le();
        if ((capabilities & PROTOCOL_41) == 0) {
            in.skip(3); // longest packet
            readText(in, login.user);
            return;
        }
        capabilities |= in.u16le() << 16;
        in.skip(FIXED);
        readText(in, login.user);
        skipProof(in, capabilities);
        if ((capabilities & CONNECT_WITH_DATABASE) != 0) {
            readText(in, login.database);
        }
        if ((capabilities & PLUGIN) != 0) {
            text(in, value);
        }
        if ((capabilities & ATTRIBUTES) != 0) {
            readAttributes(in, login);
        }
    }

    private void skipProof(Cursor in, int capabilities) {
        if ((capabilities & LONG_PROOF) != 0) {
            in.skip(number(in));
        } else if ((capabilities & SECURE_CONNECTION) != 0) {
            in.skip(in.u8());
        } else {
            text(in, value);
        }
    }

    private void readAttributes(Cursor in, SqlLogin login) {
        int all = in.enter(number(in));
        for (int i = 0; i < MAX_ATTRIBUTES && in.hasRemaining(); i++) {
            in.slice(number(in), name);
            in.slice(number(in), value);
            if (in.failed()) {
                return;
            }
            if (name.equalsIgnoreCase("program_name")) {
                login.application.set(value);
            } else if (name.equalsIgnoreCase("_client_name") && login.application.isEmpty()) {
                login.application.set(value);
            }
        }
        in.leave(all);
    }

    private void readText(Cursor in, WireString into) {
        text(in, value);
        if (!in.failed()) {
            into.set(value);
        }
    }

    /** Up to a zero, or to the end. */
    static void text(Cursor in, Slice into) {
        int length = in.indexOf((byte) 0, in.remaining());
        if (length < 0) {
            in.slice(in.remaining(), into);
        } else {
            in.slice(length, into);
            in.skip(1);
        }
    }

    /** A number in one, three or four bytes; longer ones are refused. */
    private static int number(Cursor in) {
        int first = in.u8();
        return switch (first) {
            case 0xfc -> in.u16le();
            case 0xfd -> in.u8() | in.u16le() << 8;
            case 0xfb, 0xfe, 0xff -> -1;
            default -> first;
        };
    }
}
