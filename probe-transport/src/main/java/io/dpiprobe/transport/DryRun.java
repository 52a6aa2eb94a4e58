// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Body;
import io.dpiprobe.transport.wire.ContentCoding;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.Headers;

/** Sends what leaves nothing behind, to see what Core thinks of the probe. */
public final class DryRun {
    private static final String EPOCH = "00000000";

    private DryRun() {}

    /**
     * Sends a batch without events once, with the credentials of the configuration, and waits for the answer.
     *
     * @throws IOException if a file with credentials cannot be used
     */
    public static Answer post(TransportConfig config, URI core) throws IOException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try (CoreClient client = new CoreClient(config, Credentials.read(config.security()))) {
            client.send(Transport.url(core, config.wire().path()), head(config.probeId()), empty(), answer::complete);
            return answer.join();
        }
    }

    /**
     * Asks for a path of Core's once, with the credentials of the configuration, and waits for the answer.
     *
     * @param method GET or HEAD
     * @throws IOException if a file with credentials cannot be used
     */
    public static Answer ask(TransportConfig config, URI core, String method, String path) throws IOException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try (CoreClient client = new CoreClient(config, Credentials.read(config.security()))) {
            client.ask(Transport.url(core, path), method, answer::complete);
            return answer.join();
        }
    }

    private static Body empty() {
        return new Body(new byte[0], ContentCoding.NONE, digest(), 0, 0, 0);
    }

    private static Headers head(String probeId) {
        return Headers.of(Map.of(
                "X-Probe-Id",
                probeId,
                "X-Probe-Epoch",
                EPOCH,
                "X-Batch-Count",
                "0",
                "X-Batch-Attempt",
                "1",
                "Idempotency-Key",
                probeId + "-" + EPOCH + "-check",
                "Content-Digest",
                "sha-256=:" + digest() + ":"));
    }

    private static String digest() {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
