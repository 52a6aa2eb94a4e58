// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes QUIC packets as hexadecimal digits, Initial packets protected as RFC 9001 has it. */
final class QuicBytes {
    static final String CLIENT_ID = "0102030405060708";
    static final String SERVER_ID = "a1a2a3a4";
    private static final String PACKET_NUMBER = "00000002";

    private QuicBytes() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** A packet of a client to CLIENT_ID, version 1. */
    static String initial(String frames) {
        return initial(Direction.TO_SERVER, 1, CLIENT_ID, CLIENT_ID, frames);
    }

    /** The answer of the server, version 1. */
    static String answer(String frames) {
        return initial(Direction.TO_CLIENT, 1, CLIENT_ID, "", frames);
    }

    /**
     * A packet sealed with the keys that come from a connection id.
     *
     * @param keyId what the client called its peer at first
     * @param destinationId what the packet says
     */
    static String initial(Direction from, int version, String keyId, String destinationId, String frames) {
        InitialKeys.Keys keys = Objects.requireNonNull(new KeyDerivation().derive(version, slice(keyId)))
                .of(from);
        return initial(keys, version, destinationId, frames);
    }

    /** A packet of a client to CLIENT_ID in a reserved version, with the keys of draft 29. */
    static String provoking(String frames) {
        InitialKeys keys = Objects.requireNonNull(new KeyDerivation().derive(QuicVersion.DRAFT_29, slice(CLIENT_ID)));
        return initial(keys.of(Direction.TO_SERVER), 0x1a2a3a4a, CLIENT_ID, frames);
    }

    private static String initial(InitialKeys.Keys keys, int version, String destinationId, String frames) {
        String type = QuicVersion.hasShiftedTypes(version) ? "d3" : "c3";
        int length = PACKET_NUMBER.length() / 2 + frames.length() / 2 + 16;
        String header = type + hex32(version) + vector(destinationId) + vector(SERVER_ID) + "00" // no token
                + String.format("%04x", 0x4000 | length) + PACKET_NUMBER;
        return HexFormat.of().formatHex(seal(keys, bytes(header), bytes(frames)));
    }

    /** A packet of another type than Initial, with some bytes of payload. */
    static String other(int type, int version) {
        return String.format("%02x", 0xc0 | type << 4) + hex32(version) + vector("") + vector(SERVER_ID) + "4014"
                + "77".repeat(20);
    }

    static String crypto(int offset, String data) {
        return "06" + String.format("%04x", 0x4000 | offset) + String.format("%04x", 0x4000 | data.length() / 2) + data;
    }

    static String vector(String hex) {
        return String.format("%02x", hex.length() / 2) + hex;
    }

    static String hex32(int value) {
        return String.format("%08x", value);
    }

    static Slice slice(String hex) {
        byte[] bytes = bytes(hex);
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private static byte[] seal(InitialKeys.Keys keys, byte[] header, byte[] frames) {
        try {
            byte[] nonce = keys.iv.clone();
            for (int i = 0; i < 4; i++) {
                nonce[8 + i] ^= header[header.length - 4 + i];
            }
            Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
            gcm.init(Cipher.ENCRYPT_MODE, keys.packet, new GCMParameterSpec(128, nonce));
            gcm.updateAAD(header);
            byte[] sealed = gcm.doFinal(frames);
            byte[] packet = Arrays.copyOf(header, header.length + sealed.length);
            System.arraycopy(sealed, 0, packet, header.length, sealed.length);
            Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
            ecb.init(Cipher.ENCRYPT_MODE, keys.header);
            byte[] mask = ecb.doFinal(packet, header.length, 16);
            packet[0] ^= (byte) (mask[0] & 0x0f);
            for (int i = 0; i < 4; i++) {
                packet[header.length - 4 + i] ^= mask[1 + i];
            }
            return packet;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
