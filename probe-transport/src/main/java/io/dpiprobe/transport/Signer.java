// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Base64;
import okhttp3.Headers;

/**
 * Signs what identifies a batch and its bytes, with a time and a number that is used once, so that Core can tell who
 * made it and refuse a repeat by somebody else.
 */
final class Signer {
    private static final int NONCE_BYTES = 16;

    private final PrivateKey key;
    private final SecureRandom random = new SecureRandom();

    Signer(PrivateKey key) {
        this.key = key;
    }

    /**
     * Adds the three headers of the signature.
     *
     * @param wallSeconds since 1970
     */
    Headers sign(Headers head, long wallSeconds) {
        byte[] nonceBytes = new byte[NONCE_BYTES];
        random.nextBytes(nonceBytes);
        String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(nonceBytes);
        String time = Long.toString(wallSeconds);
        String signed = String.join(
                "\n",
                String.valueOf(head.get("Idempotency-Key")),
                String.valueOf(head.get("Content-Digest")),
                time,
                nonce);
        return head.newBuilder()
                .set("X-Signature-Timestamp", time)
                .set("X-Signature-Nonce", nonce)
                .set("X-Signature", "ed25519=:" + Base64.getEncoder().encodeToString(signature(signed)) + ":")
                .build();
    }

    private byte[] signature(String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key was tried when it was read", e);
        }
    }
}
