// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import org.jspecify.annotations.Nullable;

/** Names how a request body is compressed, in the order in which they are tried. */
public enum ContentCoding {
    ZSTD("zstd"),
    GZIP("gzip"),
    NONE(null);

    private final @Nullable String header;

    ContentCoding(@Nullable String header) {
        this.header = header;
    }

    /** The value of Content-Encoding, or null if the header is left out. */
    public @Nullable String header() {
        return header;
    }

    /** What to try when Core refuses this one; itself if there is nothing else. */
    public ContentCoding fallback() {
        return this == ZSTD ? GZIP : NONE;
    }
}
