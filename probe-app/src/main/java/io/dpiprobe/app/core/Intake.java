// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.core;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.sun.net.httpserver.Headers;
import io.dpiprobe.buffer.Bound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads and verifies the body of a request: size, digest, compression, count. */
final class Intake {
    /** A probe's batch is a few hundred kilobytes; more than this is a mistake. */
    @Bound(of = "a batch that the reference Core takes", then = "413", unit = Bound.Unit.BYTES)
    static final int MAX_BODY_BYTES = 8 << 20;

    /** The same decompressed: a bomb ends here. */
    @Bound(of = "the same, decompressed", then = "413", unit = Bound.Unit.BYTES)
    static final int MAX_PLAIN_BYTES = 32 << 20;

    private Intake() {}

    /** Says why a request is refused. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;
        private final int status;

        Refusal(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    static List<String> read(Headers headers, InputStream in) throws IOException, Refusal {
        byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw new Refusal(413, "the body is longer than " + MAX_BODY_BYTES + " bytes");
        }
        verifyDigest(headers.getFirst("Content-Digest"), body);
        List<String> lines = new String(plain(headers.getFirst("Content-Encoding"), body), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        String count = headers.getFirst("X-Batch-Count");
        if (count != null && !count.equals(Integer.toString(lines.size()))) {
            throw new Refusal(400, "X-Batch-Count is " + count + ", the body has " + lines.size() + " events");
        }
        return lines;
    }

    private static void verifyDigest(@Nullable String header, byte[] body) throws Refusal {
        if (header == null) {
            return;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            String expected = "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
            if (!header.equals(expected)) {
                throw new Refusal(400, "Content-Digest does not match the body");
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] plain(@Nullable String coding, byte[] body) throws Refusal {
        if (coding != null && !coding.equals("zstd") && !coding.equals("gzip")) {
            throw new Refusal(415, "Content-Encoding " + coding + " is not understood");
        }
        try (InputStream in = decoding(coding, body)) {
            byte[] plain = in.readNBytes(MAX_PLAIN_BYTES + 1);
            if (plain.length > MAX_PLAIN_BYTES) {
                throw new Refusal(413, "the body is longer than " + MAX_PLAIN_BYTES + " bytes decompressed");
            }
            return plain;
        } catch (IOException e) {
            throw new Refusal(400, "the body is not " + coding);
        }
    }

    private static InputStream decoding(@Nullable String coding, byte[] body) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        if (coding == null) {
            return in;
        }
        return coding.equals("zstd") ? new ZstdInputStreamNoFinalizer(in) : new GZIPInputStream(in);
    }
}
