// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Moves strings of LDAP from a cursor to an event, of which those that are passwords are secrets. */
final class Text {
    /** A string in a field [0], which is not constructed; the others follow. */
    static final int CONTEXT_STRING_0 = 0x80;

    static final String HIDDEN = "<hidden>";

    private final Slice value = new Slice();

    /** A string with this tag becomes a field. */
    void field(Cursor in, int tag, JsonWriter json, String name) {
        Der.slice(in, tag, value);
        json.wire(name, value);
    }

    /** An LDAPString becomes a field. */
    void field(Cursor in, JsonWriter json, String name) {
        field(in, Der.OCTET_STRING, json, name);
    }

    /** A string with this tag, if it is next, becomes a field in hexadecimal. */
    void optionalHex(Cursor in, int tag, JsonWriter json, String name) {
        if (Der.peekTag(in) == tag) {
            Der.slice(in, tag, value);
            json.beginText(name);
            int shown = Math.min(value.length(), JsonWriter.MAX_STRING_BYTES / 2);
            for (int i = 0; i < shown; i++) {
                json.appendHex(value.u8(i));
            }
            json.endText();
        }
    }

    /** A string with this tag, if it is next, becomes a field. */
    void optional(Cursor in, int tag, JsonWriter json, String name) {
        if (Der.peekTag(in) == tag) {
            field(in, tag, json, name);
        }
    }

    /** An attribute's name becomes a field; true if its values are passwords. */
    boolean attribute(Cursor in, JsonWriter json, String name) {
        field(in, json, name);
        return isPassword(value);
    }

    /** One value of an attribute becomes a field. */
    void value(Cursor in, JsonWriter json, String name, boolean password) {
        Der.slice(in, Der.OCTET_STRING, value);
        if (password && !json.showsSecrets()) {
            json.ascii(name, HIDDEN);
        } else {
            json.wire(name, value);
        }
    }

    /** A list of strings, SEQUENCE or SET, becomes a list, unless there are none. */
    void list(Cursor in, int tag, JsonWriter json, String name, boolean password) {
        int list = Der.enter(in, tag);
        if (in.hasRemaining()) {
            json.beginArray(name);
            while (in.hasRemaining()) {
                value(in, json, "", password);
            }
            json.endArray();
        }
        in.leave(list);
    }

    /** PartialAttributeList becomes a list of objects with a name and values, unless there are none. */
    void attributes(Cursor in, JsonWriter json, String nameField) {
        int list = Der.enter(in, Der.SEQUENCE);
        if (in.hasRemaining()) {
            json.beginArray("attributes");
            while (in.hasRemaining()) {
                int item = Der.enter(in, Der.SEQUENCE);
                json.beginObject();
                boolean password = attribute(in, json, nameField);
                list(in, Der.SET, json, "values", password);
                json.endObject();
                in.leave(item);
            }
            json.endArray();
        }
        in.leave(list);
    }

    /** RFC 4519, 2.41; [MS-ADA3], 2.332; and what holds passwords of local administrators. */
    static boolean isPassword(Slice attribute) {
        return attribute.startsWithIgnoreCase("userPassword")
                || attribute.startsWithIgnoreCase("unicodePwd")
                || attribute.startsWithIgnoreCase("dBCSPwd")
                || attribute.startsWithIgnoreCase("ms-Mcs-AdmPwd")
                || attribute.startsWithIgnoreCase("msLAPS-Password")
                || attribute.startsWithIgnoreCase("msDS-ManagedPassword");
    }
}
