// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileCarrier;
import io.dpiprobe.capture.protocol.file.FileTracker;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds the files in a form that is sent part by part (RFC 7578), each byte looked at once. */
final class Multipart {
    /** RFC 2046, 5.1.1, allows 70; some clients take more. */
    @Bound(of = "a boundary", then = "the body is taken as one file", unit = Bound.Unit.BYTES)
    private static final int MAX_BOUNDARY_BYTES = 200;
    /** Longest header line of a part that is understood; more is cut. */
    @Bound(of = "a header line of a part", then = "it is cut", unit = Bound.Unit.BYTES)
    private static final int MAX_LINE_BYTES = 2 * 1024;

    private static final String PARAMETER = "boundary=";
    private static final String DISPOSITION = "content-disposition:";

    private final FileTracker file;
    private final FileName names;
    private final Slice piece = new Slice();
    private final Slice line = new Slice();
    private final UnsafeBuffer delimiterView = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer lineView = new UnsafeBuffer(0, 0);
    private byte[] delimiter = {};
    private byte[] lineBytes = {};
    private int lineLength;
    private int matched;
    private State state = State.BODY;

    private enum State {
        /** Inside a part, or before the first. */
        BODY,
        /** Behind a delimiter: two hyphens say that it was the last. */
        DELIMITED,
        HEADERS,
        EPILOGUE
    }

    Multipart(FileTracker file, FileName names) {
        this.file = file;
        this.names = names;
    }

    /** Begins a body; false if the content type is of another kind. */
    boolean begin(Slice contentType) {
        int at = contentType.startsWithIgnoreCase("multipart/form-data") ? indexOfBoundary(contentType) : -1;
        if (at < 0) {
            return false;
        }
        piece.wrap(contentType.buffer(), contentType.offset() + at, contentType.length() - at);
        unquote(piece);
        if (piece.isEmpty() || piece.length() > MAX_BOUNDARY_BYTES) {
            return false;
        }
        delimiter = new byte[piece.length() + 4];
        delimiter[0] = '\r';
        delimiter[1] = '\n';
        delimiter[2] = '-';
        delimiter[3] = '-';
        piece.buffer().getBytes(piece.offset(), delimiter, 4, piece.length());
        delimiterView.wrap(delimiter);
        matched = 2; // the first delimiter may stand at the very beginning
        state = State.BODY;
        return true;
    }

    void onContent(Slice content, FileCarrier carrier, Session session) {
        int at = 0;
        while (at < content.length()) {
            at = switch (state) {
                case BODY -> readBody(content, at, carrier, session);
                case DELIMITED -> readDelimited(content, at);
                case HEADERS -> readHeaders(content, at, session);
                case EPILOGUE -> content.length();
            };
        }
    }

    /** A carriage return begins the delimiter and occurs nowhere else in it, so a mismatch never goes back. */
    private int readBody(Slice content, int from, FileCarrier carrier, Session session) {
        int plain = from;
        for (int i = from; i < content.length(); i++) {
            int c = content.u8(i);
            if (matched > 0 && c != delimiter[matched]) {
                giveBackMatched();
                plain = i;
            }
            if (matched > 0) {
                plain = i + 1;
                if (++matched == delimiter.length) {
                    file.close(End.COMPLETE, carrier, session);
                    matched = 0;
                    lineLength = 0;
                    state = State.DELIMITED;
                    return i + 1;
                }
            } else if (c == '\r') {
                give(content, plain, i);
                matched = 1;
                plain = i + 1;
            }
        }
        if (matched == 0) {
            give(content, plain, content.length());
        }
        return content.length();
    }

    private void giveBackMatched() {
        file.onContent(piece.wrap(delimiterView, 0, matched));
        matched = 0;
    }

    private void give(Slice content, int from, int to) {
        if (to > from) {
            file.onContent(piece.wrap(content.buffer(), content.offset() + from, to - from));
        }
    }

    private int readDelimited(Slice content, int at) {
        int c = content.u8(at);
        if (c == '-') {
            state = State.EPILOGUE;
        } else if (c == '\n') {
            state = State.HEADERS;
        }
        return at + 1;
    }

    private int readHeaders(Slice content, int from, Session session) {
        int at = from;
        while (at < content.length()) {
            int c = content.u8(at++);
            if (c == '\n') {
                if (lineLength == 0) {
                    state = State.BODY;
                    return at;
                }
                endLine(session);
            } else if (c != '\r') {
                keep(c);
            }
        }
        return at;
    }

    private void endLine(Session session) {
        line.wrap(lineView, 0, lineLength);
        if (line.startsWithIgnoreCase(DISPOSITION) && !file.isOpen()) {
            Slice name = names.ofDisposition(line);
            if (!name.isEmpty()) {
                file.open(name, session);
            }
        }
        lineLength = 0;
    }

    private void keep(int c) {
        if (lineBytes.length == 0) {
            lineBytes = new byte[MAX_LINE_BYTES];
            lineView.wrap(lineBytes);
        }
        if (lineLength < MAX_LINE_BYTES) {
            lineBytes[lineLength++] = (byte) c;
        }
    }

    private int indexOfBoundary(Slice contentType) {
        for (int i = 0; i < contentType.length(); i++) {
            piece.wrap(contentType.buffer(), contentType.offset() + i, contentType.length() - i);
            if (piece.startsWithIgnoreCase(PARAMETER)) {
                return i + PARAMETER.length();
            }
        }
        return -1;
    }

    private static void unquote(Slice value) {
        boolean quoted = !value.isEmpty() && value.u8(0) == '"';
        value.advance(quoted ? 1 : 0);
        int end = 0;
        while (end < value.length() && value.u8(end) != (quoted ? '"' : ';')) {
            end++;
        }
        value.wrap(value.buffer(), value.offset(), end);
        if (!quoted) {
            HttpText.trim(value);
        }
    }
}
