// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Reads the filter of a search (RFC 4511, 4.5.1.7) and writes its kind and its text as RFC 4515 has it. */
final class Filter {
    /** Filters inside filters that are read: directories refuse deeper ones. */
    @Bound(of = "filters inside filters", then = "deeper ones are not written")
    static final int MAX_DEPTH = 32;

    private static final int AND = 0xa0;
    private static final int OR = 0xa1;
    private static final int NOT = 0xa2;
    private static final int EQUALITY = 0xa3;
    private static final int SUBSTRINGS = 0xa4;
    private static final int GREATER_OR_EQUAL = 0xa5;
    private static final int LESS_OR_EQUAL = 0xa6;
    private static final int PRESENT = 0x87;
    private static final int APPROX = 0xa8;
    private static final int EXTENSIBLE = 0xa9;

    private static final int FINAL_SUBSTRING = 0x82;
    private static final int INITIAL_SUBSTRING = 0x80;
    private static final int RULE = 0x81;
    private static final int TYPE = 0x82;
    private static final int VALUE = 0x83;
    private static final int DN_ATTRIBUTES = 0x84;

    private final Slice attribute = new Slice();
    private final Slice value = new Slice();

    /** Writes an object with the kind of the filter and its text; for presence, the attribute alone. */
    void write(Cursor in, JsonWriter json) {
        int tag = Der.peekTag(in);
        String kind = kind(tag);
        in.require(!kind.isEmpty());
        if (in.failed()) {
            return;
        }
        json.beginObject("filter").ascii("type", kind);
        if (tag == PRESENT) {
            Der.slice(in, PRESENT, attribute);
            json.wire("value", attribute);
        } else {
            json.beginText("value");
            append(in, json, 0);
            json.endText();
        }
        json.endObject();
    }

    private void append(Cursor in, JsonWriter json, int depth) {
        in.require(depth < MAX_DEPTH);
        int tag = Der.peekTag(in);
        int filter = Der.enter(in, tag);
        json.append('(');
        switch (tag) {
            case AND -> appendAll(in, json.append('&'), depth);
            case OR -> appendAll(in, json.append('|'), depth);
            case NOT -> append(in, json.append('!'), depth + 1);
            case EQUALITY -> appendAssertion(in, json, "=");
            case GREATER_OR_EQUAL -> appendAssertion(in, json, ">=");
            case LESS_OR_EQUAL -> appendAssertion(in, json, "<=");
            case APPROX -> appendAssertion(in, json, "~=");
            case SUBSTRINGS -> appendSubstrings(in, json);
            case EXTENSIBLE -> appendExtensible(in, json);
            case PRESENT -> {
                in.slice(in.remaining(), attribute);
                escape(attribute, json);
                json.append("=*");
            }
            default -> in.require(false);
        }
        json.append(')');
        in.leave(filter);
    }

    private void appendAll(Cursor in, JsonWriter json, int depth) {
        while (in.hasRemaining()) {
            append(in, json, depth + 1);
        }
    }

    private void appendAssertion(Cursor in, JsonWriter json, String operator) {
        Der.slice(in, Der.OCTET_STRING, attribute);
        Der.slice(in, Der.OCTET_STRING, value);
        escape(attribute, json);
        json.append(operator);
        appendValue(json);
    }

    /** SubstringFilter: type, substrings SEQUENCE OF CHOICE of initial [0], any [1], final [2]. */
    private void appendSubstrings(Cursor in, JsonWriter json) {
        Der.slice(in, Der.OCTET_STRING, attribute);
        escape(attribute, json);
        json.append('=');
        int list = Der.enter(in, Der.SEQUENCE);
        int last = INITIAL_SUBSTRING;
        while (in.hasRemaining()) {
            int tag = Der.slice(in, value);
            if (tag != INITIAL_SUBSTRING) {
                json.append('*');
            }
            appendValue(json);
            last = tag;
        }
        if (last != FINAL_SUBSTRING) {
            json.append('*');
        }
        in.leave(list);
    }

    /** MatchingRuleAssertion: matchingRule [1], type [2], matchValue [3], dnAttributes [4]. */
    private void appendExtensible(Cursor in, JsonWriter json) {
        value.clear();
        attribute.clear();
        if (Der.peekTag(in) == RULE) {
            Der.slice(in, value);
        }
        if (Der.peekTag(in) == TYPE) {
            Der.slice(in, attribute);
        }
        escape(attribute, json);
        if (!value.isEmpty()) {
            escape(value, json.append(':'));
        }
        json.append(":=");
        Der.slice(in, VALUE, value);
        appendValue(json);
        if (Der.peekTag(in) == DN_ATTRIBUTES) {
            Der.skip(in);
        }
    }

    private void appendValue(JsonWriter json) {
        if (Text.isPassword(attribute) && !json.showsSecrets()) {
            json.append(Text.HIDDEN);
        } else {
            escape(value, json);
        }
    }

    /** RFC 4515, 3: any byte may be a backslash and two digits; those that are not plain ASCII are, and quotes. */
    private static void escape(Slice text, JsonWriter json) {
        int shown = Math.min(text.length(), JsonWriter.MAX_STRING_BYTES);
        for (int i = 0; i < shown; i++) {
            int c = text.u8(i);
            if (c < ' ' || c > '~' || c == '*' || c == '(' || c == ')' || c == '\\' || c == '"') {
                json.append("\\\\").appendHex(c);
            } else {
                json.append((char) c);
            }
        }
    }

    private static String kind(int tag) {
        return switch (tag) {
            case AND -> "and";
            case OR -> "or";
            case NOT -> "not";
            case EQUALITY -> "equality_match";
            case SUBSTRINGS -> "substrings";
            case GREATER_OR_EQUAL -> "greater_or_equal";
            case LESS_OR_EQUAL -> "less_or_equal";
            case PRESENT -> "present";
            case APPROX -> "approx_match";
            case EXTENSIBLE -> "extensible_match";
            default -> "";
        };
    }
}
