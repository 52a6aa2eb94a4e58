// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import io.dpiprobe.capture.protocol.http.LineReader.BareCr;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads what the client says, one line or piece of a body at a time (RFC 9112, 3). */
final class RequestReader implements BodySink {
    /** What is kept of a request line that has not ended. */
    private static final int MAX_UNENDED_BYTES = 64;

    private static final String DELIMITERS = "(),/:;<=>?@[\\]{}\"";

    private final TransactionQueue queue;
    private final LineReader lines = new LineReader(BareCr.DATA);
    private final Body body = new Body(lines, this);
    private final Irregularities irregularities = new Irregularities(Direction.TO_SERVER);
    private final Framing framing = new Framing(irregularities);
    private final Header header = new Header(irregularities);
    private final HostPort hostPort = new HostPort();
    private final Slice line = new Slice();
    private final Slice word = new Slice();
    private final FollowedBody file = new FollowedBody(Direction.TO_SERVER);
    private Transaction current;
    private final byte[] unended = new byte[MAX_UNENDED_BYTES];
    private final UnsafeBuffer unendedView = new UnsafeBuffer(unended);
    private int unendedLength;
    private State state = State.START;

    private enum State {
        START,
        /** Behind a request line without a version (HTTP/0.9): headers may come all the same. */
        SIMPLE,
        HEADERS,
        BODY,
        /** Behind CONNECT or an offer to upgrade: the answer decides what the following bytes are. */
        WAIT,
        /** Behind a gap: the next request line is looked for. */
        RESYNC,
        IGNORE
    }

    RequestReader(TransactionQueue queue) {
        this.queue = queue;
        this.current = queue.none();
    }

    void reset() {
        lines.reset();
        unendedLength = 0;
        state = State.START;
    }

    Verdict read(Cursor in, Session session) {
        return switch (state) {
            case START, RESYNC -> readStart(in, session);
            case SIMPLE -> readBehindSimple(in);
            case HEADERS -> readHeader(in, session);
            case BODY -> readBody(in, session);
            case WAIT -> Verdict.OK;
            case IGNORE -> ignore(in);
        };
    }

    void onGap(long bytes, Session session) {
        lines.reset();
        unendedLength = 0;
        if (state == State.BODY && body.onGap(bytes, session)) {
            completeBody(session);
        } else if (state != State.IGNORE) {
            file.end(End.CUT_SHORT, session);
            current.requestComplete = true;
            state = State.RESYNC;
        }
    }

    /** The answer to what {@link State#WAIT} waits for: the connection goes on as it was. */
    void goOn() {
        if (state == State.WAIT) {
            state = State.START;
        }
    }

    /** The client has ended: what is open will not be completed. */
    void onEnd(Session session) {
        if (state == State.BODY) {
            End end = body.onEnd();
            irregularities.report(current, session);
            file.end(end, session);
            current.requestComplete = true;
        } else if (state == State.HEADERS) {
            current.requestComplete = true;
        }
    }

    @Override
    public void onContent(Slice content, Session session) {
        current.onContent(content);
        file.onContent(content, session);
    }

    @Override
    public void onFraming(int bytes) {}

    @Override
    public void onIrregular(Irregularity irregularity) {
        irregularities.note(irregularity);
    }

    @Override
    public void onLost(long bytes, Session session) {
        file.onLost(bytes, session);
    }

    private Verdict readStart(Cursor in, Session session) {
        Verdict verdict = lines.next(in, line);
        if (verdict == Verdict.NEED_MORE && state == State.START) {
            keepUnended(in);
        }
        if (verdict != Verdict.OK || HttpText.trim(line).isEmpty()) {
            return verdict;
        }
        return begin(session);
    }

    /** A request line of the first version may be answered before its line ends, or without one. */
    private void keepUnended(Cursor in) {
        unendedLength = Math.min(unended.length, lines.looked());
        in.buffer().getBytes(in.position(), unended, 0, unendedLength);
    }

    /** The server answers: what was said so far is the request. */
    void onAnswered(Session session) {
        if (state == State.START && unendedLength > 0) {
            HttpText.trim(line.wrap(unendedView, 0, unendedLength));
            if (begin(session) == Verdict.OK) {
                current.requestComplete = true;
                state = State.IGNORE;
            }
            unendedLength = 0;
        }
    }

    private Verdict begin(Session session) {
        unendedLength = 0;
        HttpText.word(line, word);
        if (!isToken(word) || line.isEmpty()) {
            return state == State.RESYNC ? Verdict.OK : Verdict.INVALID;
        }
        int target = targetLength();
        if (state == State.RESYNC && target == line.length()) {
            return Verdict.OK; // no version: part of something else
        }
        if (queue.isFull()) {
            return Verdict.INVALID;
        }
        session.nextTransaction();
        current = queue.begin();
        current.requestSeen = true;
        current.fields.put(HttpField.METHOD, word);
        readTarget(target);
        framing.reset();
        irregularities.begin();
        header.begin();
        return Verdict.OK;
    }

    /** The target may have blanks in it: the last word is the version. */
    private int targetLength() {
        int end = line.length();
        while (end > 0 && !HttpText.isSpace(line.u8(end - 1))) {
            end--;
        }
        int target = end;
        while (target > 0 && HttpText.isSpace(line.u8(target - 1))) {
            target--;
        }
        return target == 0 ? line.length() : target;
    }

    private void readTarget(int length) {
        boolean versioned = length < line.length();
        current.fields.put(HttpField.URL, word.wrap(line.buffer(), line.offset(), length));
        line.advance(length);
        if (versioned) {
            current.fields.put(HttpField.PROTOCOL, HttpText.trim(line));
            state = State.HEADERS;
        } else {
            current.requestComplete = true;
            state = State.SIMPLE;
        }
    }

    private Verdict readBehindSimple(Cursor in) {
        Verdict verdict = lines.next(in, line);
        if (verdict == Verdict.OK && !line.isEmpty()) {
            if (HttpText.indexOf(line, ':') <= 0 || current.responseBegun) {
                state = State.IGNORE;
            } else {
                current.requestComplete = false;
                state = State.HEADERS;
                header.ofRequest(line, current, framing);
            }
        }
        return verdict;
    }

    private Verdict readHeader(Cursor in, Session session) {
        Verdict verdict = lines.next(in, line);
        if (verdict == Verdict.OK) {
            irregularities.onLineEnd(lines.lineEnd());
            if (lines.hasCrInside()) {
                irregularities.note(Irregularity.BARE_CR);
            }
            if (line.isEmpty()) {
                endHeaders(session);
            } else {
                header.ofRequest(line, current, framing);
            }
        }
        return verdict;
    }

    private void endHeaders(Session session) {
        noteVersion();
        hostPort.resolve(current);
        framing.onHeaders();
        irregularities.report(current, session);
        if (current.isMethod("connect")) {
            current.requestComplete = true;
            state = State.WAIT;
            return;
        }
        if (framing.chunked) {
            body.chunked();
        } else {
            body.length(Math.max(0, framing.contentLength));
        }
        state = State.BODY;
        current.onHeaders();
        current.readDns(session);
        file.begin(current);
        completeBody(session);
    }

    private void noteVersion() {
        current.fields.get(HttpField.PROTOCOL, word);
        framing.version(word);
        if (!current.fields.has(HttpField.HOST) && word.equalsIgnoreCase("HTTP/1.1")) {
            irregularities.note(Irregularity.HOST_MISSING);
        }
    }

    private Verdict readBody(Cursor in, Session session) {
        Verdict verdict = body.read(in, session);
        irregularities.report(current, session);
        completeBody(session);
        return verdict;
    }

    private void completeBody(Session session) {
        if (body.isComplete()) {
            file.end(End.COMPLETE, session);
            current.requestComplete = true;
            state = current.fields.has(HttpField.UPGRADE) ? State.WAIT : State.START;
        }
    }

    private static Verdict ignore(Cursor in) {
        in.skip(in.remaining());
        return Verdict.OK;
    }

    /** A method is a token (RFC 9110, 5.6.2); anything else says that this is not HTTP. */
    private static boolean isToken(Slice word) {
        for (int i = 0; i < word.length(); i++) {
            int c = word.u8(i);
            if (c <= ' ' || c >= 0x7f || DELIMITERS.indexOf(c) >= 0) {
                return false;
            }
        }
        return !word.isEmpty();
    }
}
