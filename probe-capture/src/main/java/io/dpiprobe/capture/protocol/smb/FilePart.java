// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

/** Says which part of a file a message carries. Reused. */
final class FilePart {
    /** Instead of an offset, for pipes: behind what came before. */
    static final long NEXT = -1;

    long offset;
    long length;

    FilePart at(long from, long bytes) {
        offset = from;
        length = bytes;
        return this;
    }

    FilePart next(long bytes) {
        return at(NEXT, bytes);
    }
}
