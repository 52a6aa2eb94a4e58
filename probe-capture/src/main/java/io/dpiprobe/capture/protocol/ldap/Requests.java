// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Reads the content of requests (RFC 4511, 4.2 to 4.12) and writes it into an event. */
final class Requests {
    /** Password Modify (RFC 3062), whose value holds the old and the new one. */
    private static final String PASSWORD_MODIFY = "1.3.6.1.4.1.4203.1.11.1";

    static final int SASL = 0xa3;
    /** AuthenticationChoice simple [0]. */
    static final int SIMPLE = 0x80;
    /** The last token of a Sicily bind ([MS-ADTS], 5.1.1.1.3). */
    static final int SICILY_RESPONSE = 0x8b;

    private static final int CONTEXT_STRING_0 = Text.CONTEXT_STRING_0;

    private final Text text = new Text();
    private final Filter filter = new Filter();
    private final Slice name = new Slice();
    private final Cursor in = new Cursor();
    private boolean passwordModify;

    /** Writes what a kept request is about, under the name of its operation. */
    void write(int tag, Slice content, JsonWriter json) {
        passwordModify = false;
        if (tag == Operation.UNBIND_REQUEST) {
            return;
        }
        in.wrap(content);
        json.beginObject(Operation.name(tag));
        switch (tag) {
            case Operation.BIND_REQUEST -> writeBind(json);
            case Operation.SEARCH_REQUEST -> writeSearch(json);
            case Operation.MODIFY_REQUEST -> writeModify(json);
            case Operation.ADD_REQUEST -> writeAdd(json);
            case Operation.DEL_REQUEST -> json.wire("dn", content);
            case Operation.MOD_DN_REQUEST -> writeModDn(json);
            case Operation.COMPARE_REQUEST -> writeCompare(json);
            case Operation.ABANDON_REQUEST -> json.number("message_id", Message.id(content));
            default -> writeExtended(json);
        }
        json.endObject();
    }

    /** True if the request last written asked for another password (RFC 3062): so may be its answer. */
    boolean isPasswordModify() {
        return passwordModify;
    }

    /** What of a request may be kept: a bind without its password (RFC 4511, 4.2; RFC 4616). */
    void withoutPassword(int tag, Slice content) {
        if (tag != Operation.BIND_REQUEST) {
            return;
        }
        in.wrap(content);
        Der.skip(in); // version
        Der.skip(in); // name
        int kept = in.consumed();
        if (Der.peekTag(in) == SASL) {
            Der.enter(in, SASL);
            Der.slice(in, Der.OCTET_STRING, name);
            boolean clear = name.equalsIgnoreCase("PLAIN") || name.equalsIgnoreCase("LOGIN");
            kept = clear ? in.consumed() : content.length();
        } else if (Der.peekTag(in) == SIMPLE) {
            kept += 2; // the tag, and whether there is a password
        } else if (Der.peekTag(in) == SICILY_RESPONSE) {
            kept = content.length();
        }
        content.wrap(content.buffer(), content.offset(), in.failed() ? 0 : kept);
    }

    /** BindRequest: version, name, authentication, of which a simple one is not kept. */
    private void writeBind(JsonWriter json) {
        json.number("version", Der.number(in, Der.INTEGER));
        text.field(in, json, "name");
        if (Der.peekTag(in) == SASL) {
            Der.skipTagAndLength(in);
            json.beginObject("sasl");
            text.field(in, json, "mechanism");
            text.optionalHex(in, Der.OCTET_STRING, json, "credentials");
            json.endObject();
        }
    }

    private void writeSearch(JsonWriter json) {
        text.field(in, json, "base_object");
        json.number("scope", Der.number(in, Der.ENUMERATED));
        json.number("deref_alias", Der.number(in, Der.ENUMERATED));
        json.number("size_limit", Der.number(in, Der.INTEGER));
        json.number("time_limit", Der.number(in, Der.INTEGER));
        json.bool("types_only", Der.number(in, Der.BOOLEAN) != 0);
        filter.write(in, json);
        text.list(in, Der.SEQUENCE, json, "attributes", false);
    }

    private void writeModify(JsonWriter json) {
        text.field(in, json, "object");
        int list = Der.enter(in, Der.SEQUENCE);
        if (in.hasRemaining()) {
            json.beginArray("changes");
            while (in.hasRemaining()) {
                writeChange(json);
            }
            json.endArray();
        }
        in.leave(list);
    }

    private void writeChange(JsonWriter json) {
        int change = Der.enter(in, Der.SEQUENCE);
        json.beginObject();
        json.ascii("operation", modification(Der.number(in, Der.ENUMERATED)));
        int attribute = Der.enter(in, Der.SEQUENCE);
        json.beginObject("modification");
        boolean password = text.attribute(in, json, "attribute_type");
        text.list(in, Der.SET, json, "attribute_values", password);
        json.endObject();
        in.leave(attribute);
        json.endObject();
        in.leave(change);
    }

    private void writeAdd(JsonWriter json) {
        text.field(in, json, "entry");
        text.attributes(in, json, "name");
    }

    private void writeModDn(JsonWriter json) {
        text.field(in, json, "entry");
        text.field(in, json, "new_rdn");
        json.bool("delete_old_rdn", Der.number(in, Der.BOOLEAN) != 0);
        text.optional(in, CONTEXT_STRING_0, json, "new_superior");
    }

    private void writeCompare(JsonWriter json) {
        text.field(in, json, "entry");
        int assertion = Der.enter(in, Der.SEQUENCE);
        json.beginObject("attribute_value_assertion");
        boolean password = text.attribute(in, json, "description");
        text.value(in, json, "value", password);
        json.endObject();
        in.leave(assertion);
    }

    private void writeExtended(JsonWriter json) {
        Der.slice(in, CONTEXT_STRING_0, name);
        json.wire("name", name);
        passwordModify = name.equalsIgnoreCase(PASSWORD_MODIFY);
        if (json.showsSecrets() || !passwordModify) {
            text.optionalHex(in, CONTEXT_STRING_0 + 1, json, "value");
        }
    }

    /** RFC 4511, 4.6; increment is of RFC 4525. */
    private static String modification(int number) {
        return switch (number) {
            case 0 -> "add";
            case 1 -> "delete";
            case 2 -> "replace";
            case 3 -> "increment";
            default -> "unknown";
        };
    }
}
