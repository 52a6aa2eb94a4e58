// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;

/** Writes how hosts look for a domain controller, and what they are told ([MS-ADTS] 6.3.1). */
final class LogonMessage {
    private static final int LOGON_REQUEST = 0;
    private static final int PRIMARY_QUERY = 7;
    private static final int PRIMARY_RESPONSE = 12;
    private static final int SAM_LOGON_REQUEST = 18;
    private static final int SAM_LOGON_RESPONSE = 19;
    private static final int SAM_PAUSE_RESPONSE = 20;
    private static final int SAM_USER_UNKNOWN = 21;
    private static final int SAM_LOGON_RESPONSE_EX = 23;
    private static final int SAM_PAUSE_RESPONSE_EX = 24;
    private static final int SAM_USER_UNKNOWN_EX = 25;

    private final Slice text = new Slice();
    private final WireString string = new WireString();

    void write(Cursor in, JsonWriter json) {
        int operation = in.u16le();
        if (in.failed()) {
            return;
        }
        json.ascii("operation", name(operation));
        switch (operation) {
            case LOGON_REQUEST -> {
                writeBytes("host", in, json);
                writeBytes("user", in, json);
            }
            case PRIMARY_QUERY -> writeBytes("host", in, json);
            case PRIMARY_RESPONSE -> writePrimary(in, json);
            case SAM_LOGON_REQUEST -> {
                in.skip(2); // how often it was asked
                writeUtf16("host", in, json);
                writeUtf16("user", in, json);
            }
            case SAM_LOGON_RESPONSE, SAM_PAUSE_RESPONSE, SAM_USER_UNKNOWN -> {
                writeUtf16("domain_controller", in, json);
                writeUtf16("user", in, json);
                writeUtf16("domain", in, json);
            }
            default -> {}
        }
    }

    /** The name comes twice; UTF-16 begins at an even place. */
    private void writePrimary(Cursor in, JsonWriter json) {
        writeBytes("domain_controller", in, json);
        in.skip(in.consumed() & 1);
        Texts.readUtf16(in, text);
        writeUtf16("domain", in, json);
    }

    private void writeBytes(String field, Cursor in, JsonWriter json) {
        Texts.readBytes(in, text);
        if (!text.isEmpty()) {
            json.wire(field, text);
        }
    }

    private void writeUtf16(String field, Cursor in, JsonWriter json) {
        Texts.readUtf16(in, text);
        if (!text.isEmpty()) {
            string.setUtf16(text);
            json.wire(field, string.text());
        }
    }

    private static String name(int operation) {
        return switch (operation) {
            case LOGON_REQUEST -> "logon_request";
            case PRIMARY_QUERY -> "primary_query";
            case PRIMARY_RESPONSE -> "primary_response";
            case SAM_LOGON_REQUEST -> "sam_logon_request";
            case SAM_LOGON_RESPONSE, SAM_LOGON_RESPONSE_EX -> "sam_logon_response";
            case SAM_PAUSE_RESPONSE, SAM_PAUSE_RESPONSE_EX -> "sam_pause_response";
            case SAM_USER_UNKNOWN, SAM_USER_UNKNOWN_EX -> "sam_user_unknown";
            default -> "unknown";
        };
    }
}
