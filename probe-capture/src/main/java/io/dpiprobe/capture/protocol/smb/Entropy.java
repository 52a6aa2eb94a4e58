// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;

/** Measures how evenly the bytes at the front of a file are spread: Shannon's entropy, 0 to 8 bits a byte. Reused. */
final class Entropy {
    /** Bytes of a file that are measured: enough to tell text from random bytes, and cheap for large files. */
    @Bound(of = "bytes measured of a file", then = "the rest is not measured", unit = Bound.Unit.BYTES)
    static final int MAX_BYTES = 64 * 1024;

    private int[] counts = {};
    private int measured;

    void clear() {
        if (measured > 0) {
            Arrays.fill(counts, 0);
            measured = 0;
        }
    }

    void add(Slice bytes) {
        if (counts.length == 0) {
            counts = new int[256];
        }
        int count = Math.min(bytes.length(), MAX_BYTES - measured);
        for (int i = 0; i < count; i++) {
            counts[bytes.u8(i)]++;
        }
        measured += count;
    }

    /** Bytes measured. */
    int measured() {
        return measured;
    }

    /** Bits that all measured bytes together carry. */
    double bits() {
        double sum = 0;
        for (int count : counts) {
            sum += count > 1 ? count * Math.log(count) : 0;
        }
        return measured == 0 ? 0 : (measured * Math.log(measured) - sum) / Math.log(2);
    }
}
