// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;

/** Keeps the boundaries of the multiparts that enclose the line at hand, outermost first (RFC 2046, 5.1.1). */
final class Boundaries {
    /** Multiparts inside each other: mail programs make four at most, filters give up at some dozens. */
    @Bound(of = "multiparts inside each other", then = "deeper ones are not taken apart")
    static final int MAX_DEPTH = 16;
    /** Longest boundary kept: RFC 2046 allows 70. */
    @Bound(
            of = "a boundary",
            then = "only so much of it is compared",
            seen = "anomaly MIME_LONG_BOUNDARY",
            unit = Bound.Unit.BYTES)
    static final int MAX_LENGTH = 256;

    /** No boundary. */
    static final int NONE = -1;

    private final byte[][] boundaries = new byte[MAX_DEPTH][];
    private final int[] lengths = new int[MAX_DEPTH];
    private int depth;
    private boolean closing;

    void clear() {
        depth = 0;
    }

    /** A multipart begins; false if that is too deep, or its boundary no boundary. */
    boolean push(Slice boundary) {
        if (depth == MAX_DEPTH || boundary.isEmpty()) {
            return false;
        }
        byte[] kept = boundaries[depth];
        if (kept == null) {
            kept = new byte[MAX_LENGTH];
            boundaries[depth] = kept;
        }
        lengths[depth] = Math.min(MAX_LENGTH, boundary.length());
        boundary.buffer().getBytes(boundary.offset(), kept, 0, lengths[depth]);
        depth++;
        return true;
    }

    /** The depth of the multipart that this line delimits, from 0, innermost first; {@link #NONE} if it is another line. */
    int match(Slice line) {
        if (depth == 0 || line.length() < 3 || line.u8(0) != '-' || line.u8(1) != '-') {
            return NONE;
        }
        for (int level = depth - 1; level >= 0; level--) {
            if (matches(line, level)) {
                return level;
            }
        }
        return NONE;
    }

    /** True if the line matched last ends its multipart. */
    boolean isClosing() {
        return closing;
    }

    /** Multiparts from this depth on are over. */
    void cut(int to) {
        depth = to;
    }

    private boolean matches(Slice line, int level) {
        byte[] boundary = boundaries[level];
        int end = 2 + lengths[level];
        if (line.length() < end) {
            return false;
        }
        for (int i = 2; i < end; i++) {
            if (line.u8(i) != (boundary[i - 2] & 0xff)) {
                return false;
            }
        }
        closing = line.length() >= end + 2 && line.u8(end) == '-' && line.u8(end + 1) == '-';
        for (int i = closing ? end + 2 : end; i < line.length(); i++) {
            if (line.u8(i) != ' ' && line.u8(i) != '\t') {
                return false;
            }
        }
        return true;
    }
}
