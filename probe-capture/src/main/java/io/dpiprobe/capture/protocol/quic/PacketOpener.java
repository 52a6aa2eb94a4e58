// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.packet.Slice;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import org.agrona.concurrent.UnsafeBuffer;

/** Removes the protection of Initial packets (RFC 9001, 5.3 and 5.4) into memory it keeps. */
final class PacketOpener {
    private static final int MAX_PACKET = 65535;
    private static final int TAG_BITS = 128;
    /** The sample begins where the payload would if the packet number had this many bytes. */
    private static final int MAX_NUMBER_LENGTH = 4;

    private static final int SAMPLE_LENGTH = 16;
    private static final int LONG_HEADER_BITS = 0x0f;

    private final Cipher headerCipher = cipher("AES/ECB/NoPadding");
    private final Cipher packetCipher = cipher("AES/GCM/NoPadding");
    private final byte[] sealed = new byte[MAX_PACKET];
    private final byte[] opened = new byte[MAX_PACKET];
    private final UnsafeBuffer openedView = new UnsafeBuffer(opened);
    private final byte[] mask = new byte[SAMPLE_LENGTH];
    private final byte[] nonce = new byte[12];

    /**
     * Opens a packet.
     *
     * @param frames points at what was inside, until the next call
     * @return false if these are not its keys
     */
    boolean open(InitialKeys.Keys keys, LongHeader packet, Slice frames) {
        int header = packet.header.length();
        int payload = packet.payload.length();
        if (payload < MAX_NUMBER_LENGTH + SAMPLE_LENGTH || header + payload > MAX_PACKET) {
            return false;
        }
        packet.header.buffer().getBytes(packet.header.offset(), sealed, 0, header + payload);
        try {
            unmaskHeader(keys, header);
            int number = (sealed[0] & 3) + 1;
            makeNonce(keys, header, number);
            packetCipher.init(Cipher.DECRYPT_MODE, keys.packet, new GCMParameterSpec(TAG_BITS, nonce));
            packetCipher.updateAAD(sealed, 0, header + number);
            int length = packetCipher.doFinal(sealed, header + number, payload - number, opened);
            frames.wrap(openedView, 0, length);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a packet of " + (header + payload) + " bytes can be deciphered", e);
        }
    }

    /** RFC 9001, 5.4.1. */
    private void unmaskHeader(InitialKeys.Keys keys, int header) throws InvalidKeyException, ShortBufferException {
        headerCipher.init(Cipher.ENCRYPT_MODE, keys.header);
        headerCipher.update(sealed, header + MAX_NUMBER_LENGTH, SAMPLE_LENGTH, mask);
        sealed[0] ^= (byte) (mask[0] & LONG_HEADER_BITS);
        int number = (sealed[0] & 3) + 1;
        for (int i = 0; i < number; i++) {
            sealed[header + i] ^= mask[1 + i];
        }
    }

    /** RFC 9001, 5.3: the packet number, of which Initial packets never have more than is sent, and the IV. */
    private void makeNonce(InitialKeys.Keys keys, int header, int number) {
        System.arraycopy(keys.iv, 0, nonce, 0, nonce.length);
        for (int i = 0; i < number; i++) {
            nonce[nonce.length - number + i] ^= sealed[header + i];
        }
    }

    private static Cipher cipher(String name) {
        try {
            return Cipher.getInstance(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + name, e);
        }
    }
}
