// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.text;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/**
 * Finds the lines of one direction, which end with a line feed. A line that is too long is given cut. It remembers how far it has looked, so that a line that comes byte by byte is looked at once.
 */
public final class LineReader {
    private final int maxBytes;
    private final TooLong tooLong;
    private int looked;
    private boolean skipping;
    private boolean cut;
    private boolean begins = true;

    /** What becomes of the rest of a line that is too long. */
    public enum TooLong {
        /** It is passed over. */
        CUT,
        /** It is given too, in pieces. */
        IN_PIECES
    }

    /** @param maxBytes longest line given whole, its end included */
    public LineReader(int maxBytes, TooLong tooLong) {
        this.maxBytes = maxBytes;
        this.tooLong = tooLong;
    }

    public void reset() {
        looked = 0;
        skipping = false;
        cut = false;
        begins = true;
    }

    /**
     * Points {@code line} at the next line, without its end, and passes over it.
     *
     * @return false if there is none: the cursor then wants more, or has passed over the rest of a line that was cut
     */
    public boolean next(Cursor in, Slice line) {
        if (skipping) {
            skipRest(in);
            return false;
        }
        looked = Math.min(looked, in.remaining());
        in.skip(looked);
        int end = in.indexOf((byte) '\n', Math.max(0, maxBytes - looked));
        in.seek(in.consumed() - looked);
        if (end < 0 && in.remaining() < maxBytes) {
            looked = in.remaining();
            in.needMore();
            return false;
        }
        begins = !cut || tooLong == TooLong.CUT;
        cut = end < 0;
        int length = cut ? maxBytes : looked + end;
        looked = 0;
        skipping = cut && tooLong == TooLong.CUT;
        in.slice(length, line);
        in.skip(cut ? 0 : 1);
        if (!cut && length > 0 && line.u8(length - 1) == '\r') {
            line.wrap(line.buffer(), line.offset(), length - 1);
        }
        return true;
    }

    /** False if what was given last is a further piece of a line. */
    public boolean begins() {
        return begins;
    }

    /** True if the line given last was longer than what was given. */
    public boolean wasCut() {
        return cut;
    }

    private void skipRest(Cursor in) {
        int end = in.indexOf((byte) '\n', in.remaining());
        skipping = end < 0;
        in.skip(skipping ? in.remaining() : end + 1);
    }
}
