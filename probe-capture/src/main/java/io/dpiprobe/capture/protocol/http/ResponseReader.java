// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import io.dpiprobe.capture.protocol.http.LineReader.BareCr;
import org.jspecify.annotations.Nullable;

/** Reads what the server says, one line or piece of a body at a time (RFC 9112, 4). */
final class ResponseReader implements BodySink {
    private static final String HTTP = "http";
    /** Where a header's colon is looked for. */
    private static final int LOOK_AHEAD_BYTES = 64;

    private static final int SWITCHING_PROTOCOLS = 101;

    private final TransactionQueue queue;
    private final LineReader lines = new LineReader(BareCr.ENDS_LINE);
    private final Body body = new Body(lines, this);
    private final Irregularities irregularities = new Irregularities(Direction.TO_CLIENT);
    private final Framing framing = new Framing(irregularities);
    private final Header header = new Header(irregularities);
    private final Slice line = new Slice();
    private final Slice word = new Slice();
    private final FollowedBody file = new FollowedBody(Direction.TO_CLIENT);
    private Transaction current;
    private State state = State.START;

    private enum State {
        START,
        HEADERS,
        BODY,
        /** Behind a gap: the next status line is looked for. */
        RESYNC,
        /** The connection belongs to another protocol now. */
        SWITCHED
    }

    ResponseReader(TransactionQueue queue) {
        this.queue = queue;
        this.current = queue.none();
    }

    void reset() {
        lines.reset();
        state = State.START;
    }

    Verdict read(Cursor in, Session session) {
        return switch (state) {
            case START -> readStart(in, session);
            case RESYNC -> resync(in, session);
            case HEADERS -> readHeader(in, session);
            case BODY -> readBody(in, session);
            case SWITCHED -> Verdict.OK;
        };
    }

    /** True if the server has agreed to speak another protocol from here on. */
    boolean isSwitched() {
        return state == State.SWITCHED;
    }

    void onGap(long bytes, Session session) {
        lines.reset();
        if (state == State.BODY && body.onGap(bytes, session)) {
            completeBody(session);
        } else if (state != State.SWITCHED) {
            if (state != State.START) {
                complete(End.CUT_SHORT, session);
            }
            state = State.RESYNC;
        }
    }

    /** The server has ended: what came is all there is. */
    void onEnd(Session session) {
        if (state == State.BODY) {
            End end = body.onEnd();
            irregularities.report(current, session);
            complete(end, session);
        } else if (state == State.HEADERS) {
            complete(End.COMPLETE, session);
        }
        file.close(session);
    }

    @Override
    public void onContent(Slice content, Session session) {
        current.responseLength += content.length();
        file.onContent(content, session);
    }

    @Override
    public void onFraming(int bytes) {
        current.responseLength += bytes;
    }

    @Override
    public void onIrregular(Irregularity irregularity) {
        irregularities.note(irregularity);
    }

    @Override
    public void onLost(long bytes, Session session) {
        current.responseLength += bytes;
        file.onLost(bytes, session);
    }

    private Verdict readStart(Cursor in, Session session) {
        Transaction unanswered = queue.unanswered();
        if (unanswered != null && unanswered.isSimple()) {
            return readUnversioned(in, session);
        }
        Verdict verdict = looksVersioned(in);
        return switch (verdict) {
            case OK -> readStatusLine(in, session);
            case INVALID -> readUnversioned(in, session);
            case NEED_MORE -> verdict;
        };
    }

    /** Does what follows begin as a status line? */
    private static Verdict looksVersioned(Cursor in) {
        int ahead = 0;
        while (ahead < in.remaining() && HttpText.isSpace(in.peekU8(ahead))) {
            ahead++;
        }
        int matched = 0;
        while (matched < HTTP.length() && ahead + matched < in.remaining()) {
            if (HttpText.lower(in.peekU8(ahead + matched)) != HTTP.charAt(matched)) {
                return Verdict.INVALID;
            }
            matched++;
        }
        if (matched == HTTP.length()) {
            return Verdict.OK;
        }
        in.needMore();
        return Verdict.NEED_MORE;
    }

    private Verdict readStatusLine(Cursor in, Session session) {
        Verdict verdict = lines.next(in, line);
        if (verdict == Verdict.OK && !HttpText.trim(line).isEmpty()) {
            beginResponse(session);
            framing.reset();
            HttpText.word(line, word);
            framing.version(word);
            HttpText.word(line, word);
            if (!word.isEmpty()) {
                current.fields.put(HttpField.STATUS, word);
                current.status = statusCode();
            }
            irregularities.begin();
            header.begin();
            state = State.HEADERS;
        }
        return verdict;
    }

    /** Three digits, if leading zeros do not count (RFC 9110, 15); 0 for anything else. */
    private int statusCode() {
        for (int i = 0; i < word.length(); i++) {
            if (!HttpText.isDigit(word.u8(i))) {
                return 0;
            }
        }
        long code = HttpText.decimal(word);
        return code >= 100 && code <= 999 ? (int) code : 0;
    }

    /** A line of junk before the status line is passed over, as browsers do; anything else is a body (HTTP/0.9). */
    private Verdict readUnversioned(Cursor in, Session session) {
        int lineFeed = in.indexOf((byte) '\n', LineReader.MAX_LINE_BYTES);
        if (lineFeed >= 0 && lineFeed + 1 < in.remaining() && in.peekU8(lineFeed + 1) == 'H') {
            in.skip(lineFeed + 1);
            return Verdict.OK;
        }
        beginResponse(session);
        body.untilClose();
        state = State.BODY;
        file.begin(current);
        return Verdict.OK;
    }

    private void beginResponse(Session session) {
        @Nullable Transaction waiting = queue.unanswered();
        if (waiting == null) {
            session.nextTransaction();
            waiting = queue.begin();
            waiting.requestComplete = true;
        }
        current = waiting;
        current.responseBegun = true;
    }

    private Verdict resync(Cursor in, Session session) {
        while (in.hasRemaining()) {
            if (in.peekU8(0) == 'H') {
                state = State.START;
                return readStart(in, session);
            }
            int next = in.indexOf((byte) '\n', in.remaining());
            in.skip(next < 0 ? in.remaining() : next + 1);
        }
        return Verdict.OK;
    }

    private Verdict readHeader(Cursor in, Session session) {
        Verdict verdict = lines.next(in, line);
        if (verdict == Verdict.OK) {
            irregularities.onLineEnd(lines.lineEnd());
            if (endsHeaders(line, in)) {
                endHeaders(in, session);
            } else {
                header.ofResponse(line, current, framing);
            }
        }
        return verdict;
    }

    private void endHeaders(Cursor in, Session session) {
        framing.onHeaders();
        irregularities.report(current, session);
        int status = current.status;
        boolean connected = status / 100 == 2 && current.isMethod("connect");
        if (connected || status == SWITCHING_PROTOCOLS) {
            complete(End.COMPLETE, session);
            state = State.SWITCHED;
        } else if (status / 100 == 1 && !hasBody(in)) {
            current.forgetResponse();
            state = State.START;
        } else {
            frameBody(in);
            state = State.BODY;
            file.begin(current);
            completeBody(session);
        }
    }

    /** RFC 9112, 6.3. */
    private void frameBody(Cursor in) {
        boolean bodiless = current.status == 204 || current.status == 304;
        if (current.isMethod("head") || (bodiless && !hasBody(in))) {
            body.none();
        } else if (framing.chunked) {
            body.chunked();
        } else if (framing.contentLength != Framing.UNKNOWN && !framing.unknownCoding) {
            body.length(framing.contentLength);
        } else {
            body.untilClose();
        }
    }

    /** Some servers send a body where there must be none; it is one if it was announced and is no other response. */
    private boolean hasBody(Cursor in) {
        return (framing.contentLength > 0 || framing.chunked)
                && in.hasRemaining()
                && looksVersioned(in) == Verdict.INVALID;
    }

    /**
     * An empty line ends the headers. One of blanks alone continues a header (RFC 9112, 5.2), but there are readers that
     * take it for the end: it is, if neither another header nor more of this one follows.
     */
    private static boolean endsHeaders(Slice line, Cursor in) {
        if (line.isEmpty()) {
            return true;
        }
        if (!HttpText.isBlank(line) || !in.hasRemaining() || HttpText.isBlank(in.peekU8(0))) {
            return false;
        }
        int ahead = 0;
        while (ahead < in.remaining() && ahead < LOOK_AHEAD_BYTES && in.peekU8(ahead) != '\n') {
            if (in.peekU8(ahead) == ':') {
                return false;
            }
            ahead++;
        }
        return ahead > 1 || (ahead == 1 && in.peekU8(0) != '\r');
    }

    private Verdict readBody(Cursor in, Session session) {
        if (body.endsWithConnection() && !current.fields.has(HttpField.STATUS) && queue.hasAnotherUnanswered()) {
            complete(
                    End.COMPLETE,
                    session); // it never had a status line, and the client has moved on to another request
            return Verdict.OK;
        }
        Verdict verdict = body.read(in, session);
        if (body.isComplete() && current.responseLength > 0 && in.hasRemaining() && isExcess(in)) {
            body.untilClose();
            verdict = body.read(in, session);
            body.none();
        }
        irregularities.report(current, session);
        completeBody(session);
        return verdict;
    }

    /** More bytes than were announced, in one piece with those that were, belong to the body too, as browsers have it. */
    private static boolean isExcess(Cursor in) {
        int ahead = 0;
        while (ahead < in.remaining() && HttpText.isSpace(in.peekU8(ahead))) {
            ahead++;
        }
        return ahead == in.remaining() || HttpText.lower(in.peekU8(ahead)) != HTTP.charAt(0);
    }

    private void completeBody(Session session) {
        if (body.isComplete()) {
            complete(End.COMPLETE, session);
        }
    }

    private void complete(End end, Session session) {
        file.end(end, session);
        current.responseComplete = true;
        state = State.START;
    }
}
