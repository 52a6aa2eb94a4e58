// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import com.github.luben.zstd.Zstd;
import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.Encoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Compresses events into request bodies, on the transport loop. */
public final class BodyWriter {
    /** Fast: the wire is rarely the bottleneck, the sensor's CPU is. */
    private static final int ZSTD_LEVEL = 1;

    private final Format format;
    private final String probeId;
    private final MessageDigest sha256 = sha256();
    /** Where a batch is compressed from, and where to: used again for the next. */
    private byte[] payload = {};

    private byte[] compressed = {};

    /** Takes the name of the probe, for formats in which events are named after it. */
    public BodyWriter(Format format, String probeId) {
        this.format = format;
        this.probeId = probeId;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Writes a whole batch; what is compressed already stays as it is. */
    public Body whole(Batch batch, ContentCoding coding) {
        boolean asItIs = batch.encoding() == Encoding.PLAIN || coding == ContentCoding.ZSTD;
        if (format != Format.NDJSON || !asItIs) {
            return part(EventLines.of(batch), new Part(0, batch.count()), coding);
        }
        byte[] bytes = batch.encoding() == Encoding.ZSTD || coding == ContentCoding.NONE
                ? own(batch)
                : compressed(batch, coding);
        return new Body(bytes, coding, digest(bytes), batch.firstSeq(), batch.lastSeq(), batch.count());
    }

    /** Writes some lines of a batch. */
    public Body part(EventLines lines, Part part, ContentCoding coding) {
        byte[] bytes;
        if (format == Format.ELASTICSEARCH) {
            byte[] plain = BulkLines.of(probeId, lines, part);
            bytes = compress(plain, 0, plain.length, coding);
        } else {
            bytes = compress(lines.plain(), lines.start(part.from()), lines.start(part.to()), coding);
        }
        return new Body(bytes, coding, digest(bytes), lines.seq(part.from()), lines.seq(part.to() - 1), part.count());
    }

    private static byte[] own(Batch batch) {
        byte[] bytes = new byte[batch.payloadLength()];
        batch.payload().getBytes(0, bytes);
        return bytes;
    }

    private byte[] compressed(Batch batch, ContentCoding coding) {
        int length = batch.payloadLength();
        if (payload.length < length) {
            payload = new byte[length];
        }
        batch.payload().getBytes(0, payload, 0, length);
        return compress(payload, 0, length, coding);
    }

    private byte[] compress(byte[] plain, int from, int to, ContentCoding coding) {
        return switch (coding) {
            case ZSTD -> zstd(plain, from, to - from);
            case GZIP -> gzip(plain, from, to - from);
            case NONE -> Arrays.copyOfRange(plain, from, to);
        };
    }

    private byte[] zstd(byte[] plain, int from, int length) {
        int most = (int) Zstd.compressBound(length);
        if (compressed.length < most) {
            compressed = new byte[most];
        }
        long written = Zstd.compressByteArray(compressed, 0, compressed.length, plain, from, length, ZSTD_LEVEL);
        if (Zstd.isError(written)) {
            throw new IllegalStateException("compressing " + length + " bytes: " + Zstd.getErrorName(written));
        }
        return Arrays.copyOf(compressed, (int) written);
    }

    private static byte[] gzip(byte[] plain, int from, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    private String digest(byte[] bytes) {
        return Base64.getEncoder().encodeToString(sha256.digest(bytes));
    }
}
