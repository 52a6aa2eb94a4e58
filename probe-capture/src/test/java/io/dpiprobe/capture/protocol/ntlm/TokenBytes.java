// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import static io.dpiprobe.capture.protocol.asn1.DerBytes.element;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.number;
import static io.dpiprobe.capture.protocol.asn1.DerBytes.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Composes security tokens for tests: NTLM ([MS-NLMP]) and Kerberos (RFC 4120), bare and inside SPNEGO (RFC 4178). */
public final class TokenBytes {
    private static final int FIXED_BYTES = 88;

    private TokenBytes() {}

    /** CHALLENGE_MESSAGE of FS1 in CORP, Windows 10.0.17763. */
    public static byte[] challenge() {
        byte[] pairs = pairs();
        return join(
                hex(
                        "4e544c4d53535000 02000000" // NTLMSSP, CHALLENGE
                                + "0000 0000 38000000" // no target name
                                + "05028202 1122334455667788 0000000000000000"), // flags, challenge
                hex("%02x00 %02x00 38000000".formatted(pairs.length, pairs.length)),
                hex("0a006345 0000000f"),
                pairs);
    }

    /** AUTHENTICATE_MESSAGE of CORP\\ann on WS1 with NTLMv2, computed for cifs/fs1. */
    public static byte[] authenticate() {
        byte[] service = utf16("cifs/fs1");
        byte[] response = join(
                new byte[16],
                hex("01010000 00000000 0000000000000000 0000000000000000 00000000"),
                pair(1, "FS1"),
                hex("0900"),
                new byte[] {(byte) service.length, 0},
                service,
                hex("00000000"));
        return authenticate(response, "CORP", "ann", "WS1");
    }

    /** AUTHENTICATE_MESSAGE with NTLMv1. */
    public static byte[] authenticateVersion1() {
        return authenticate(new byte[24], "CORP", "ann", "WS1");
    }

    private static byte[] authenticate(byte[] response, String domain, String user, String host) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        byte[] fields = join(
                field(payload, new byte[24]),
                field(payload, response),
                field(payload, utf16(domain)),
                field(payload, utf16(user)),
                field(payload, utf16(host)),
                hex("0000000000000000"));
        return join(
                hex("4e544c4d53535000 03000000"),
                fields,
                hex("01000002 0a00614a0000000f"), // Unicode, version
                new byte[16], // MIC
                payload.toByteArray());
    }

    /** The first token of a client that has a ticket of RC4 for cifs/fs1 at CORP.EXAMPLE, inside SPNEGO. */
    public static byte[] ticket() {
        byte[] name = element(
                0x30, element(0xa0, number(2)), element(0xa1, element(0x30, text(0x1b, "cifs"), text(0x1b, "fs1"))));
        byte[] encrypted = element(0x30, element(0xa0, number(23)), element(0xa2, text(4, "secret")));
        byte[] ticket = element(
                0x61,
                element(
                        0x30,
                        element(0xa0, number(5)),
                        element(0xa1, text(0x1b, "CORP.EXAMPLE")),
                        element(0xa2, name),
                        element(0xa3, encrypted)));
        byte[] request = element(
                0x6e,
                element(
                        0x30,
                        element(0xa0, number(5)),
                        element(0xa1, number(14)),
                        element(0xa2, hex("03050000000000")),
                        element(0xa3, ticket)));
        byte[] mechanism = element(0x60, hex("06092a864886f712010202"), hex("0100"), request);
        byte[] types = element(0xa0, element(0x30, hex("06092a864886f712010202")));
        byte[] init = element(0x30, types, element(0xa2, element(4, mechanism)));
        return element(0x60, hex("06062b0601050502"), element(0xa0, init));
    }

    /** What a server answers that could read the ticket. */
    public static byte[] ticketAnswer() {
        byte[] reply = element(0x6f, element(0x30, element(0xa0, number(5)), element(0xa1, number(15))));
        byte[] mechanism = element(0x60, hex("06092a864886f712010202"), hex("0200"), reply);
        byte[] response = element(0x30, element(0xa0, hex("0a0100")), element(0xa2, element(4, mechanism)));
        return element(0xa1, response);
    }

    /** A token as a header of HTTP has it. */
    public static String base64(byte[] token) {
        return Base64.getEncoder().encodeToString(token);
    }

    private static byte[] pairs() {
        return join(
                pair(2, "CORP"), pair(1, "FS1"), pair(4, "corp.example"), pair(3, "fs1.corp.example"), hex("00000000"));
    }

    private static byte[] pair(int id, String value) {
        byte[] text = utf16(value);
        return join(new byte[] {(byte) id, 0, (byte) text.length, 0}, text);
    }

    private static byte[] field(ByteArrayOutputStream payload, byte[] value) {
        int offset = FIXED_BYTES + payload.size();
        payload.writeBytes(value);
        return new byte[] {
            (byte) value.length,
            (byte) (value.length >> 8),
            (byte) value.length,
            (byte) (value.length >> 8),
            (byte) offset,
            (byte) (offset >> 8),
            0,
            0
        };
    }

    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
