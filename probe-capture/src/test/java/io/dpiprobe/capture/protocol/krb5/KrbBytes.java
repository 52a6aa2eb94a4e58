// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.krb5;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.concat;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.element;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.number;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.text;

import java.nio.ByteBuffer;

/** Composes messages of Kerberos for tests (RFC 4120, 5.4 to 5.9). */
final class KrbBytes {
    private static final byte[] TIME = text(0x18, "20260101000000Z");

    private KrbBytes() {}

    /** AS-REQ or TGS-REQ; no client in the latter. */
    static byte[] request(int type, String client, String... service) {
        byte[] body = element(
                0x30,
                field(0, element(0x03, new byte[] {0, 0x40, 0, 0, 0})), // kdc-options
                client.isEmpty() ? new byte[0] : field(1, name(1, client)),
                field(2, text(0x1b, "EXAMPLE.COM")),
                field(3, name(2, service)),
                field(5, TIME), // till
                field(7, number(7)), // nonce
                field(8, element(0x30, number(18), number(23)))); // etype
        return element(
                0x60 + type,
                element(0x30, field(1, number(5)), field(2, number(type)), field(3, element(0x30)), field(4, body)));
    }

    /** AS-REP or TGS-REP with the encryption types of the part for the client and of the ticket. */
    static byte[] reply(int type, int encryption, int ticketEncryption, String client, String... service) {
        byte[] ticket = element(
                0x61,
                element(
                        0x30,
                        field(0, number(5)),
                        field(1, text(0x1b, "TICKET.REALM")),
                        field(2, name(2, service)),
                        field(3, encrypted(ticketEncryption))));
        return element(
                0x60 + type,
                element(
                        0x30,
                        field(0, number(5)),
                        field(1, number(type)),
                        field(3, text(0x1b, "EXAMPLE.COM")),
                        field(4, name(1, client)),
                        field(5, ticket),
                        field(6, encrypted(encryption))));
    }

    /** KRB-ERROR without a client. */
    static byte[] error(int code, String... service) {
        return element(
                0x7e,
                element(
                        0x30,
                        field(0, number(5)),
                        field(1, number(30)),
                        field(4, TIME), // stime
                        field(5, number(9)), // susec
                        field(6, number(code)),
                        field(9, text(0x1b, "EXAMPLE.COM")),
                        field(10, name(2, service))));
    }

    /** Behind its length, as over TCP. */
    static byte[] record(byte[] message) {
        return concat(ByteBuffer.allocate(4).putInt(message.length).array(), message);
    }

    private static byte[] encrypted(int type) {
        return element(0x30, field(0, number(type)), field(2, text(0x04, "ciphertext".repeat(20))));
    }

    private static byte[] name(int type, String... parts) {
        byte[] strings = {};
        for (String part : parts) {
            strings = concat(strings, text(0x1b, part));
        }
        return element(0x30, field(0, number(type)), field(1, element(0x30, strings)));
    }

    private static byte[] field(int number, byte[] content) {
        return element(0xa0 + number, content);
    }
}
