// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import io.dpiprobe.transport.gate.GateConfig;
import io.dpiprobe.transport.wire.ContentCoding;
import io.dpiprobe.transport.wire.Format;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says where and how events are delivered.
 *
 * @param probeId visible ASCII, as it goes into headers
 * @param urls of Core, in order of preference
 * @param wire what requests look like
 * @param gate pace
 * @param maxInFlight most requests under way at once
 * @param batchMaxBytes largest body of a request before compression
 * @param connectTimeout longest time to reach Core
 * @param requestTimeout longest time for a whole request, from name lookup to the last byte of the answer
 * @param security what proves who is who
 * @param quarantineDir where events that Core refuses for good are kept
 * @param quarantineMaxBytes most that is kept there
 */
public record TransportConfig(
        String probeId,
        List<URI> urls,
        Wire wire,
        GateConfig gate,
        int maxInFlight,
        int batchMaxBytes,
        Duration connectTimeout,
        Duration requestTimeout,
        Security security,
        Path quarantineDir,
        long quarantineMaxBytes) {
    private static final long DEFAULT_QUARANTINE_BYTES = 64L << 20;

    public TransportConfig {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no URL of Core");
        }
        if (probeId.isEmpty() || !probeId.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("the probe's id must be visible ASCII without spaces: " + probeId);
        }
    }

    /**
     * Says what requests look like.
     *
     * @param format of body and answer
     * @param path below each URL, with a slash before it and perhaps a query behind
     * @param coding compression of bodies
     */
    public record Wire(Format format, String path, ContentCoding coding) {
        /** Where Core takes events (docs/core-protocol.md). */
        public static final String EVENTS_PATH = "/v1/events";

        /** NDJSON by the protocol of Core, compressed by zstd. */
        public static Wire defaults() {
            return new Wire(Format.NDJSON, EVENTS_PATH, ContentCoding.ZSTD);
        }

        /** Where the bulk interface takes documents of an index, with answers as short as they can be. */
        public static String bulkPath(String index) {
            return "/" + index + "/_bulk?filter_path=errors,items.*.status,items.*.error.type";
        }
    }

    /**
     * Names the files with credentials; each may be missing, and is read again when it changes.
     *
     * @param tokenFile bearer token
     * @param certificate chain of the probe, PEM
     * @param key of the probe, PEM
     * @param authorities that may vouch for Core, PEM; those of the Java run time if missing
     * @param signingKey Ed25519, PEM in PKCS#8: each batch is signed with it
     */
    public record Security(
            @Nullable Path tokenFile,
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable Path authorities,
            @Nullable Path signingKey) {
        public static final Security NONE = new Security(null, null, null, null, null);
    }

    /** The defaults of the configuration. */
    public static TransportConfig defaults(String probeId, List<URI> urls, Path quarantineDir) {
        return new TransportConfig(
                probeId,
                urls,
                Wire.defaults(),
                GateConfig.defaults(),
                8,
                1 << 20,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Security.NONE,
                quarantineDir,
                DEFAULT_QUARANTINE_BYTES);
    }
}
