// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Reads the content of responses (RFC 4511, 4.1.9 to 4.13) and writes it into an event. */
final class Responses {
    private static final int REFERRAL = 0xa3;
    static final int SERVER_SASL_CREDS = 0x87;
    private static final int RESPONSE_NAME = 0x8a;
    private static final int RESPONSE_VALUE = 0x8b;

    private final Text text = new Text();
    private final Cursor in = new Cursor();
    private boolean valueIsPassword;

    /** Says whether the value of an extended response may be a password that the server made up (RFC 3062, 2). */
    void valueIsPassword(boolean may) {
        valueIsPassword = may;
    }

    /** Writes what a response says, under the name of its operation. */
    void write(int tag, Slice content, JsonWriter json) {
        if (tag == Operation.SEARCH_RESULT_REFERENCE) {
            return;
        }
        in.wrap(content);
        json.beginObject(Operation.name(tag));
        switch (tag) {
            case Operation.SEARCH_RESULT_ENTRY -> {
                text.field(in, json, "base_object");
                text.attributes(in, json, "type");
            }
            case Operation.INTERMEDIATE_RESPONSE -> {
                text.optional(in, Text.CONTEXT_STRING_0, json, "name");
                text.optionalHex(in, Text.CONTEXT_STRING_0 + 1, json, "value");
            }
            default -> writeResult(json);
        }
        json.endObject();
    }

    /** The result code of a response that has one. */
    int resultCode(Slice content) {
        return Der.number(in.wrap(content), Der.ENUMERATED);
    }

    /** LDAPResult: resultCode, matchedDN, diagnosticMessage, referral [3], and what single responses add to it. */
    private void writeResult(JsonWriter json) {
        int code = Der.number(in, Der.ENUMERATED);
        String name = ResultCode.name(code);
        if (name.isEmpty()) {
            json.beginText("result_code").append("unknown-").appendNumber(code).endText();
        } else {
            json.ascii("result_code", name);
        }
        text.field(in, json, "matched_dn");
        text.field(in, json, "message");
        if (Der.peekTag(in) == REFERRAL) {
            Der.skip(in);
        }
        text.optionalHex(in, SERVER_SASL_CREDS, json, "server_sasl_creds");
        text.optional(in, RESPONSE_NAME, json, "name");
        if (json.showsSecrets() || !valueIsPassword) {
            text.optionalHex(in, RESPONSE_VALUE, json, "value");
        }
    }
}
