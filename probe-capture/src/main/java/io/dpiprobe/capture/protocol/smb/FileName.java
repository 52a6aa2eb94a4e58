// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.packet.Slice;

/** Takes paths of Windows apart, and compares parts of them as Windows does: ASCII letters in either case are equal. */
final class FileName {
    private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01b3L;

    private FileName() {}

    /** Where the last part of a path begins. */
    static int baseOf(Slice path) {
        for (int i = path.length() - 1; i >= 0; i--) {
            if (path.u8(i) == '\\') {
                return i + 1;
            }
        }
        return 0;
    }

    static boolean equal(Slice one, Slice other) {
        if (one.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < one.length(); i++) {
            if (lower(one.u8(i)) != lower(other.u8(i))) {
                return false;
            }
        }
        return true;
    }

    /** A hash of a part of a path (FNV-1a). */
    static long hash(Slice path, int from, int to) {
        long hash = FNV_OFFSET;
        for (int i = from; i < to; i++) {
            hash = (hash ^ lower(path.u8(i))) * FNV_PRIME;
        }
        return hash;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }
}
