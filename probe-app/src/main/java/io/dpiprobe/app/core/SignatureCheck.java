// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Verifies who signed a request, that it is fresh, and that it was not seen before (docs/core-protocol.md). */
final class SignatureCheck {
    /** How far the clocks of probe and Core may be apart; nonces are remembered for twice that. */
    static final Duration SKEW = Duration.ofMinutes(5);

    private static final int UNAUTHORIZED = 401;
    private static final String PREFIX = "ed25519=:";

    private final PublicKey key;
    private final Map<String, Long> nonces = new LinkedHashMap<>();

    SignatureCheck(PublicKey key) {
        this.key = key;
    }

    /** Reads an Ed25519 key as {@code openssl pkey -pubout} writes it. */
    static PublicKey readKey(Path file) throws IOException {
        try {
            String base64 = Files.readString(file, StandardCharsets.US_ASCII)
                    .replaceAll("-----[A-Z ]+-----", "")
                    .replaceAll("\\s", "");
            X509EncodedKeySpec spec = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
            return KeyFactory.getInstance("Ed25519").generatePublic(spec);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IOException(file + " holds no public key for Ed25519 in PEM", e);
        }
    }

    /** Refuses a request that is not signed as it should be; wallSeconds are since 1970. */
    synchronized void verify(Headers headers, long wallSeconds) throws Intake.Refusal {
        String time = required(headers, "X-Signature-Timestamp");
        String nonce = required(headers, "X-Signature-Nonce");
        String signature = required(headers, "X-Signature");
        if (!time.matches("[0-9]{1,18}") || Math.abs(Long.parseLong(time) - wallSeconds) > SKEW.toSeconds()) {
            throw refusal("the signature's time is not now");
        }
        String signed = String.join(
                "\n", required(headers, "Idempotency-Key"), required(headers, "Content-Digest"), time, nonce);
        if (!isSigned(signed, signature)) {
            throw refusal("the signature is not that of this request");
        }
        nonces.values().removeIf(seen -> wallSeconds - seen > 2 * SKEW.toSeconds());
        if (nonces.putIfAbsent(nonce, wallSeconds) != null) {
            throw refusal("the request is a replay");
        }
    }

    private static String required(Headers headers, String name) throws Intake.Refusal {
        String value = headers.getFirst(name);
        if (value == null) {
            throw refusal(name + " is missing");
        }
        return value;
    }

    private boolean isSigned(String text, String header) {
        if (!header.startsWith(PREFIX) || !header.endsWith(":")) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getDecoder().decode(header.substring(PREFIX.length(), header.length() - 1)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
    }

    private static Intake.Refusal refusal(String why) {
        return new Intake.Refusal(UNAUTHORIZED, why);
    }
}
