// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.text;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/**
 * Finds the lines of one direction, which end with a line feed. A line that is too long is given cut, and its rest is
 * passed over. It remembers how far it has looked, so that a line that comes byte by byte is looked at once.
 */
public final class LineReader {
    private final int maxBytes;
    private int looked;
    private boolean skipping;
    private boolean cut;

    /** @param maxBytes longest line given whole, its end included */
    public LineReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    public void reset() {
        looked = 0;
        skipping = false;
        cut = false;
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
        cut = end < 0 && in.remaining() >= maxBytes;
        if (end < 0 && !cut) {
            looked = in.remaining();
            in.needMore();
            return false;
        }
        int length = cut ? maxBytes : looked + end;
        looked = 0;
        skipping = cut;
        in.slice(length, line);
        in.skip(cut ? 0 : 1);
        if (!cut && length > 0 && line.u8(length - 1) == '\r') {
            line.wrap(line.buffer(), line.offset(), length - 1);
        }
        return true;
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
