// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;
import org.agrona.DirectBuffer;

/**
 * Finds the lines of one direction. It remembers how far it has looked, so that a line that comes byte by byte is looked
 * at once.
 */
final class LineReader {
    /** Longest line: four times what common servers accept. */
    @Bound(of = "a line", then = "the stream is invalid", seen = "protocol_violations_total", unit = Bound.Unit.BYTES)
    static final int MAX_LINE_BYTES = 32 * 1024;

    private final BareCr bareCr;
    private int looked;
    private LineEnd lineEnd = LineEnd.CR_LF;
    private boolean crInside;

    /** What a carriage return without a line feed means. */
    enum BareCr {
        /** A character like others. */
        DATA,
        /** The end of a line, as browsers have it. */
        ENDS_LINE
    }

    /** What ended a line. */
    enum LineEnd {
        CR_LF,
        LF,
        CR
    }

    LineReader(BareCr bareCr) {
        this.bareCr = bareCr;
    }

    void reset() {
        looked = 0;
    }

    /** Bytes of the next line that have come so far. */
    int looked() {
        return looked;
    }

    /** What ended the line read last. */
    LineEnd lineEnd() {
        return lineEnd;
    }

    /** True if a carriage return is inside the line read last. */
    boolean hasCrInside() {
        return crInside;
    }

    /** Points {@code line} at the next line, without its end, and passes over it. */
    Verdict next(Cursor in, Slice line) {
        DirectBuffer bytes = in.buffer();
        int from = in.position();
        int end = from + in.remaining();
        for (int i = from + looked; i < end; i++) {
            byte b = bytes.getByte(i);
            if (b != '\n' && (b != '\r' || bareCr == BareCr.DATA)) {
                continue;
            }
            int behind = b == '\n' ? i + 1 : i == from ? MID_LINE : behindCr(bytes, i, end);
            if (behind == MID_LINE) {
                continue;
            }
            int content = withoutCr(bytes, from, i);
            if (behind == UNKNOWN) {
                return wait(in, i - from);
            }
            if (behind != MID_LINE) {
                in.slice(content - from, line);
                in.skip(behind - content);
                looked = 0;
                lineEnd = b == '\r' ? LineEnd.CR : content < i ? LineEnd.CR_LF : LineEnd.LF;
                crInside = bareCr == BareCr.DATA && HttpText.indexOf(line, '\r') >= 0;
                return Verdict.OK;
            }
        }
        return wait(in, end - from);
    }

    private static final int UNKNOWN = -1;
    private static final int MID_LINE = -2;

    private Verdict wait(Cursor in, int seen) {
        looked = seen;
        in.require(seen < MAX_LINE_BYTES);
        in.needMore();
        return in.verdict();
    }

    /** One before a line feed belongs to it; an empty line does not end with one alone. */
    private static int behindCr(DirectBuffer bytes, int at, int end) {
        if (at + 1 == end) {
            return UNKNOWN;
        }
        byte next = bytes.getByte(at + 1);
        return next == '\n' || next == '\r' ? MID_LINE : at + 1;
    }

    private static int withoutCr(DirectBuffer bytes, int from, int at) {
        boolean crlf = at > from && bytes.getByte(at) == '\n' && bytes.getByte(at - 1) == '\r';
        return crlf ? at - 1 : at;
    }
}
