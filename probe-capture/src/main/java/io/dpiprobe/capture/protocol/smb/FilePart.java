// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

/** Says which part of a file a message carries. Reused. */
final class FilePart {
    long offset;
    long length;

    FilePart at(long from, long bytes) {
        offset = from;
        length = bytes;
        return this;
    }
}
