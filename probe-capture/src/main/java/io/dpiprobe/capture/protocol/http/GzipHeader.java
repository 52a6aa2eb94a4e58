// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;

/** Passes over the header of a gzip stream, however it is cut into pieces (RFC 1952, 2.3). */
final class GzipHeader {
    private static final int FIXED_BYTES = 10;
    private static final int FLAGS_AT = 3;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private int position;
    private int flags;
    private int left;
    private int extraLow;

    void reset() {
        position = 0;
        flags = 0;
        left = 0;
    }

    /** Takes what belongs to the header off the front; true once it is complete. */
    boolean skip(Slice in) {
        while (!isComplete() && !in.isEmpty()) {
            onByte(in.u8(0));
            in.advance(1);
        }
        return isComplete();
    }

    /** Takes in the first byte, which came apart from the others. */
    void onFirst(int b) {
        onByte(b);
    }

    private boolean isComplete() {
        return position >= FIXED_BYTES && left == 0 && (flags & (HEADER_CRC | EXTRA | NAME | COMMENT)) == 0;
    }

    private void onByte(int b) {
        if (position < FIXED_BYTES) {
            flags = position == FLAGS_AT ? b : flags;
            position++;
        } else if (left > 0) {
            left--;
            position++;
        } else if ((flags & EXTRA) != 0) {
            onExtraLength(b);
        } else if ((flags & (NAME | COMMENT)) != 0) {
            flags &= b != 0 ? flags : (flags & NAME) != 0 ? ~NAME : ~COMMENT;
        } else {
            flags &= ~HEADER_CRC;
            left = 1; // the second of its two bytes
        }
    }

    private void onExtraLength(int b) {
        if (position == FIXED_BYTES) {
            extraLow = b;
            position++;
        } else {
            flags &= ~EXTRA;
            left = b << 8 | extraLow;
        }
    }
}
