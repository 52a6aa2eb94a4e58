// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Writes a distinguished name (RFC 5280, 4.1.2.4) as {@code C=DE, O=Example, CN=www.example.com}. */
final class DistinguishedName {
    private static final int ATTRIBUTE_TYPES = 0x5504; // 2.5.4

    @Bound(of = "attributes of a name in a certificate", then = "further ones are left out")
    private static final int MAX_ATTRIBUTES = 64;
    /** 1.3.6.1.4.1.311.60.2.1: where a company of an extended validation certificate is registered. */
    private static final byte[] JURISDICTION = {0x2b, 6, 1, 4, 1, (byte) 0x82, 0x37, 0x3c, 2, 1};

    private static final byte[] EMAIL = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 9, 1};
    private static final byte[] DOMAIN_COMPONENT = {
        9, (byte) 0x92, 0x26, (byte) 0x89, (byte) 0x93, (byte) 0xf2, 0x2c, 100, 1, 25
    };
    private static final byte[] USER_ID = {9, (byte) 0x92, 0x26, (byte) 0x89, (byte) 0x93, (byte) 0xf2, 0x2c, 100, 1, 1
    };

    private final Cursor in = new Cursor();
    private final Slice type = new Slice();
    private final Slice value = new Slice();

    void write(JsonWriter json, String field, Slice name) {
        json.beginText(field);
        in.wrap(name);
        for (int i = 0; i < MAX_ATTRIBUTES && in.hasRemaining(); i++) {
            int set = Der.enter(in, Der.SET);
            while (in.hasRemaining()) {
                writeAttribute(json, i == 0);
            }
            in.leave(set);
        }
        json.endText();
    }

    private void writeAttribute(JsonWriter json, boolean first) {
        int attribute = Der.enter(in, Der.SEQUENCE);
        Der.slice(in, Der.OBJECT_IDENTIFIER, type);
        Der.slice(in, value);
        if (!in.failed()) {
            if (!first) {
                json.append(", ");
            }
            writeType(json);
            json.append('=').appendWire(value);
        }
        in.leave(attribute);
    }

    private void writeType(JsonWriter json) {
        String label = label();
        if (label.isEmpty()) {
            writeDotted(json);
        } else {
            json.append(label);
        }
    }

    private String label() {
        if (type.length() == 3 && type.u16(0) == ATTRIBUTE_TYPES) {
            return switch (type.u8(2)) {
                case 3 -> "CN";
                case 4 -> "SN";
                case 5 -> "serialNumber";
                case 6 -> "C";
                case 7 -> "L";
                case 8 -> "ST";
                case 9 -> "streetAddress";
                case 10 -> "O";
                case 11 -> "OU";
                case 12 -> "title";
                case 15 -> "businessCategory";
                case 17 -> "postalCode";
                case 42 -> "GN";
                case 97 -> "organizationIdentifier";
                default -> "";
            };
        }
        if (type.length() == JURISDICTION.length + 1 && startsWith(JURISDICTION)) {
            return switch (type.u8(JURISDICTION.length)) {
                case 1 -> "msJurisdictionLocality";
                case 2 -> "msJurisdictionStateOrProvince";
                case 3 -> "msJurisdictionCountry";
                default -> "";
            };
        }
        return is(EMAIL) ? "Email" : is(DOMAIN_COMPONENT) ? "DC" : is(USER_ID) ? "UID" : "";
    }

    private boolean is(byte[] identifier) {
        return type.length() == identifier.length && startsWith(identifier);
    }

    private boolean startsWith(byte[] identifier) {
        for (int i = 0; i < identifier.length; i++) {
            if (type.u8(i) != (identifier[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** ITU-T X.690, 8.19: the first two arcs share a byte, each later one has seven bits a byte. */
    private void writeDotted(JsonWriter json) {
        if (type.isEmpty()) {
            return;
        }
        int first = Math.min(type.u8(0) / 40, 2);
        json.appendNumber(first).append('.').appendNumber(type.u8(0) - 40L * first);
        long arc = 0;
        for (int i = 1; i < type.length(); i++) {
            arc = (arc << 7 | (type.u8(i) & 0x7f)) & Long.MAX_VALUE;
            if (type.u8(i) < 0x80) {
                json.append('.').appendNumber(arc);
                arc = 0;
            }
        }
    }
}
