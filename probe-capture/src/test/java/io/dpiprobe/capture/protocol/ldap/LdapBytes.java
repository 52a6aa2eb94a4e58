// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ldap;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.element;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.number;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.text;

import io.dpiprobe.capture.protocol.asn1.Der;

/** Composes messages of LDAP for tests (RFC 4511, 4.1 to 4.12). */
final class LdapBytes {
    private LdapBytes() {}

    static byte[] message(int id, int operation, byte[]... content) {
        return element(Der.SEQUENCE, number(id), element(operation, content));
    }

    static byte[] simpleBind(int id, String name, String password) {
        return message(id, Operation.BIND_REQUEST, number(3), string(name), text(0x80, password));
    }

    static byte[] saslBind(int id, String mechanism, String credentials) {
        byte[] sasl = element(0xa3, string(mechanism), string(credentials));
        return message(id, Operation.BIND_REQUEST, number(3), string(""), sasl);
    }

    static byte[] search(int id, String base, byte[] filter, String... attributes) {
        return message(
                id,
                Operation.SEARCH_REQUEST,
                string(base),
                enumerated(2), // wholeSubtree
                enumerated(0),
                number(10),
                number(20),
                element(Der.BOOLEAN, new byte[] {0}),
                filter,
                list(Der.SEQUENCE, attributes));
    }

    static byte[] entry(int id, String name, String attribute, String... values) {
        byte[] item = element(Der.SEQUENCE, string(attribute), list(Der.SET, values));
        return message(id, Operation.SEARCH_RESULT_ENTRY, string(name), element(Der.SEQUENCE, item));
    }

    static byte[] result(int id, int operation, int code) {
        return message(id, operation, enumerated(code), string(""), string(""));
    }

    static byte[] list(int tag, String... items) {
        byte[][] strings = new byte[items.length][];
        for (int i = 0; i < items.length; i++) {
            strings[i] = string(items[i]);
        }
        return element(tag, strings);
    }

    static byte[] string(String value) {
        return text(Der.OCTET_STRING, value);
    }

    static byte[] enumerated(int value) {
        return element(Der.ENUMERATED, new byte[] {(byte) value});
    }
}
