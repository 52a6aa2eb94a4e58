// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

/** Names how a payload is compressed. */
public enum Encoding {
    /** Not compressed. */
    PLAIN,
    /** Zstandard (RFC 8878). */
    ZSTD
}
