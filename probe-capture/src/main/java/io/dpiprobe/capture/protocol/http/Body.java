// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.file.FileTracker.End;

/** Follows the body of one message to its end: by its length, chunk by chunk, or until the connection ends. */
final class Body {
    /** Digits of a chunk's size that are understood; a larger one is nonsense. */
    private static final int MAX_SIZE_DIGITS = 8;

    private final LineReader lines;
    private final BodySink sink;
    private final Slice slice = new Slice();
    private Part part = Part.NONE;
    private long remaining;

    private enum Part {
        NONE,
        LENGTH,
        UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILERS
    }

    Body(LineReader lines, BodySink sink) {
        this.lines = lines;
        this.sink = sink;
    }

    void none() {
        part = Part.NONE;
    }

    void length(long length) {
        part = length == 0 ? Part.NONE : Part.LENGTH;
        remaining = length;
    }

    void untilClose() {
        part = Part.UNTIL_CLOSE;
    }

    void chunked() {
        part = Part.CHUNK_SIZE;
    }

    boolean isComplete() {
        return part == Part.NONE;
    }

    boolean endsWithConnection() {
        return part == Part.UNTIL_CLOSE;
    }

    /**
     * The connection is over (RFC 9112, 8): without its last chunk a file is cut short. What came of one with a length
     * counts as the file, since clients take it for one; that it is shorter is told with the exchange.
     */
    End onEnd() {
        boolean chunks = part == Part.CHUNK_SIZE || part == Part.CHUNK_DATA || part == Part.CHUNK_END;
        if (chunks || part == Part.LENGTH) {
            sink.onIrregular(Irregularity.BODY_INCOMPLETE);
        }
        return chunks ? End.CUT_SHORT : End.COMPLETE;
    }

    /** Reads one piece. */
    Verdict read(Cursor in, Session session) {
        return switch (part) {
            case NONE -> Verdict.OK;
            case LENGTH, CHUNK_DATA, UNTIL_CLOSE -> readContent(in, session);
            case CHUNK_SIZE -> readChunkSize(in);
            case CHUNK_END -> readChunkEnd(in);
            case TRAILERS -> readTrailer(in);
        };
    }

    /** Passes over lost bytes; false if they were more than content. */
    boolean onGap(long bytes, Session session) {
        lines.reset();
        if (part == Part.UNTIL_CLOSE) {
            sink.onLost(bytes, session);
            return true;
        }
        if (part != Part.LENGTH && part != Part.CHUNK_DATA) {
            return false;
        }
        long lost = Math.min(bytes, remaining);
        sink.onLost(lost, session);
        remaining -= lost;
        if (remaining == 0) {
            part = part == Part.LENGTH ? Part.NONE : Part.CHUNK_END;
        }
        return lost == bytes;
    }

    private Verdict readContent(Cursor in, Session session) {
        int count = in.remaining();
        if (part != Part.UNTIL_CLOSE) {
            count = (int) Math.min(count, remaining);
            remaining -= count;
        }
        in.slice(count, slice);
        sink.onContent(slice, session);
        if (part != Part.UNTIL_CLOSE && remaining == 0) {
            part = part == Part.LENGTH ? Part.NONE : Part.CHUNK_END;
        }
        return Verdict.OK;
    }

    /** What is no size is taken for content, up to the end of the connection, as browsers do. */
    private Verdict readChunkSize(Cursor in) {
        int ahead = 0;
        while (ahead < in.remaining() && HttpText.isSpace(in.peekU8(ahead))) {
            ahead++;
        }
        if (ahead < in.remaining() && Character.digit(in.peekU8(ahead), 16) < 0) {
            sink.onIrregular(Irregularity.CHUNK_SIZE_INVALID);
            part = Part.UNTIL_CLOSE;
            return Verdict.OK;
        }
        int before = in.consumed();
        Verdict verdict = lines.next(in, slice);
        if (verdict != Verdict.OK) {
            return verdict;
        }
        sink.onFraming(in.consumed() - before);
        if (!HttpText.trim(slice).isEmpty()) {
            remaining = chunkSize();
            if (remaining < 0) {
                sink.onIrregular(Irregularity.CHUNK_SIZE_INVALID);
            }
            part = remaining < 0 ? Part.UNTIL_CLOSE : remaining == 0 ? Part.TRAILERS : Part.CHUNK_DATA;
        }
        return verdict;
    }

    private long chunkSize() {
        long size = 0;
        int significant = 0;
        for (int i = 0; i < slice.length(); i++) {
            int digit = Character.digit(slice.u8(i), 16);
            if (digit < 0) {
                noteBehindSize(i);
                break;
            }
            significant += significant > 0 || digit > 0 ? 1 : 0;
            size = size << 4 | digit;
            if (significant > MAX_SIZE_DIGITS) {
                return -1;
            }
        }
        return size;
    }

    /** An extension begins with a semicolon, perhaps behind blanks. */
    private void noteBehindSize(int at) {
        int next = at;
        while (next < slice.length() && HttpText.isBlank(slice.u8(next))) {
            next++;
        }
        boolean extension = next < slice.length() && slice.u8(next) == ';';
        sink.onIrregular(extension ? Irregularity.CHUNK_EXTENSION : Irregularity.CHUNK_SIZE_INVALID);
    }

    private Verdict readChunkEnd(Cursor in) {
        int before = in.consumed();
        Verdict verdict = lines.next(in, slice);
        if (verdict == Verdict.OK) {
            sink.onFraming(in.consumed() - before);
            if (!slice.isEmpty()) {
                sink.onIrregular(Irregularity.CHUNK_SIZE_INVALID);
            }
            part = Part.CHUNK_SIZE;
        }
        return verdict;
    }

    private Verdict readTrailer(Cursor in) {
        Verdict verdict = lines.next(in, slice);
        if (verdict == Verdict.OK && slice.isEmpty()) {
            part = Part.NONE;
        }
        return verdict;
    }
}
