// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads and names what the two sides agree on: [MS-RDPBCGR] 2.2.1.1.1, 2.2.1.2.1 and 2.2.1.2.2. */
final class Negotiation {
    static final int REQUEST = 1;

    private static final int NONE = 0;
    private static final int RESPONSE = 2;
    private static final int FAILURE = 3;
    private static final int LENGTH = 8;
    private static final String[] SERVER_SUPPORTS = {
        "extended_client_data", "dynvc_gfx", "", "restricted_admin", "redirected_authentication"
    };

    private int type;
    private int flags;
    private long value;

    /** Old peers send none, and one that is not as it should be counts as none. */
    void read(Cursor in) {
        type = NONE;
        if (in.remaining() >= LENGTH && in.peekU8(2) == LENGTH && in.peekU8(3) == 0) {
            type = in.u8();
            flags = in.u8();
            in.skip(2); // length
            value = in.u32le();
        }
    }

    static boolean isAnswer(int type) {
        return type == RESPONSE || type == FAILURE;
    }

    void writeAnswer(JsonWriter json) {
        if (type == RESPONSE) {
            writeSupports(json);
            json.ascii("protocol", protocol());
        } else if (type == FAILURE) {
            json.number("error_code", value);
            String reason = reason();
            if (!reason.isEmpty()) {
                json.ascii("reason", reason);
            }
        }
    }

    private void writeSupports(JsonWriter json) {
        int before = json.mark();
        json.beginArray("server_supports");
        int empty = json.mark();
        for (int i = 0; i < SERVER_SUPPORTS.length; i++) {
            if ((flags >> i & 1) != 0 && !SERVER_SUPPORTS[i].isEmpty()) {
                json.asciiItem(SERVER_SUPPORTS[i]);
            }
        }
        if (json.mark() == empty) {
            json.rewind(before);
        } else {
            json.endArray();
        }
    }

    private String protocol() {
        return switch ((int) value) {
            case 0 -> "rdp";
            case 1 -> "ssl";
            case 2 -> "hybrid";
            case 4 -> "rds_tls";
            case 8 -> "hybrid_ex";
            default -> "unknown";
        };
    }

    private String reason() {
        return switch ((int) value) {
            case 1 -> "ssl required by server";
            case 2 -> "ssl not allowed by server";
            case 3 -> "ssl cert not on server";
            case 4 -> "inconsistent flags";
            case 5 -> "hybrid required by server";
            case 6 -> "ssl with user auth required by server";
            default -> "";
        };
    }
}
