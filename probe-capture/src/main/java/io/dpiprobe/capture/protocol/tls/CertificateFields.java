// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.HexDigest;
import io.dpiprobe.capture.protocol.KeptBytes;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Writes what an X.509 certificate says of its owner (RFC 5280, 4.1), as far as it can be read. */
final class CertificateFields {
    private static final int SUBJECT_ALT_NAME = 0x551d11; // 2.5.29.17
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;

    private final HexDigest sha1 = new HexDigest("SHA-1");
    private final Cursor in = new Cursor();
    private final Slice serial = new Slice();
    private final Slice issuer = new Slice();
    private final Slice notBefore = new Slice();
    private final Slice notAfter = new Slice();
    private final Slice subject = new Slice();
    private final Slice altNames = new Slice();
    private final DistinguishedName name = new DistinguishedName();
    private final Slice part = new Slice();

    void write(JsonWriter json, KeptBytes der) {
        read(der.read(in));
        if (in.failed()) {
            return;
        }
        name.write(json, "subject", subject);
        name.write(json, "issuerdn", issuer);
        writeAltNames(json);
        writeHex(json, "serial", serial);
        writeFingerprint(json, sha1.of(der.bytes(), 0, der.length()));
        DerTime.write(json, "notbefore", notBefore);
        DerTime.write(json, "notafter", notAfter);
    }

    /** Points at the serial number without leading zeros; empty if it cannot be read. */
    void serial(KeptBytes der, Slice into) {
        read(der.read(in));
        into.wrap(serial.buffer(), serial.offset(), in.failed() ? 0 : serial.length());
        while (!into.isEmpty() && into.u8(0) == 0) {
            into.advance(1);
        }
    }

    /** Certificate, TBSCertificate: version, serial, algorithm, issuer, validity, subject, key, ids, extensions. */
    private void read(Cursor in) {
        altNames.clear();
        Der.enter(in, Der.SEQUENCE);
        Der.enter(in, Der.SEQUENCE);
        if (Der.peekTag(in) == Der.CONTEXT_0) {
            Der.skip(in);
        }
        Der.slice(in, Der.INTEGER, serial);
        Der.skip(in); // signature algorithm
        Der.slice(in, Der.SEQUENCE, issuer);
        int validity = Der.enter(in, Der.SEQUENCE);
        DerTime.slice(in, notBefore);
        DerTime.slice(in, notAfter);
        in.leave(validity);
        Der.slice(in, Der.SEQUENCE, subject);
        Der.skip(in); // public key
        while (in.hasRemaining() && Der.peekTag(in) != Der.CONTEXT_3) {
            Der.skip(in);
        }
        if (in.hasRemaining()) {
            Der.enter(in, Der.CONTEXT_3);
            Der.enter(in, Der.SEQUENCE);
            while (in.hasRemaining()) {
                readExtension(in);
            }
        }
    }

    private void readExtension(Cursor in) {
        int extension = Der.enter(in, Der.SEQUENCE);
        int id = Der.enter(in, Der.OBJECT_IDENTIFIER);
        boolean wanted = in.remaining() == 3 && in.u24() == SUBJECT_ALT_NAME;
        in.leave(id);
        if (Der.peekTag(in) == Der.BOOLEAN) {
            Der.skip(in); // critical
        }
        if (wanted) {
            Der.enter(in, Der.OCTET_STRING);
            Der.slice(in, Der.SEQUENCE, altNames);
        }
        in.leave(extension);
    }

    private void writeAltNames(JsonWriter json) {
        if (altNames.isEmpty()) {
            return;
        }
        int before = json.mark();
        json.beginArray("subjectaltname");
        int empty = json.mark();
        in.wrap(altNames);
        while (in.hasRemaining()) {
            int tag = Der.slice(in, part);
            if (in.failed()) {
                break;
            }
            if (tag == DNS_NAME) {
                json.wireItem(part);
            } else if (tag == IP_ADDRESS) {
                writeAddress(json);
            }
        }
        if (json.mark() == empty) {
            json.rewind(before);
        } else {
            json.endArray();
        }
    }

    private void writeAddress(JsonWriter json) {
        if (part.length() == IPV4_LENGTH) {
            json.address("", 4, 0, part.u32(0));
        } else if (part.length() == IPV6_LENGTH) {
            json.address("", 6, part.u32(0) << 32 | part.u32(4), part.u32(8) << 32 | part.u32(12));
        }
    }

    private static void writeHex(JsonWriter json, String field, Slice bytes) {
        json.beginText(field);
        for (int i = 0; i < bytes.length(); i++) {
            if (i > 0) {
                json.append(':');
            }
            json.appendUpperHex(bytes.u8(i));
        }
        json.endText();
    }

    private static void writeFingerprint(JsonWriter json, byte[] hex) {
        json.beginText("fingerprint");
        for (int i = 0; i < hex.length; i += 2) {
            if (i > 0) {
                json.append(':');
            }
            json.append((char) hex[i]).append((char) hex[i + 1]);
        }
        json.endText();
    }
}
