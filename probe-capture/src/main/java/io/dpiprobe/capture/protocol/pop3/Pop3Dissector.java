// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pop3;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import io.dpiprobe.capture.protocol.mime.MimeReader;
import io.dpiprobe.capture.protocol.pop3.Pop3Transaction.Kind;
import io.dpiprobe.capture.protocol.text.LineReader;
import io.dpiprobe.capture.protocol.text.LineReader.TooLong;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Follows a POP3 connection (RFC 1939): an event per command, and the messages that are fetched. */
final class Pop3Dissector implements Dissector {
    /** Longest line looked at whole: eight times what a response may be (RFC 2449, 4). */
    @Bound(of = "a line", then = "the rest is passed over", unit = Bound.Unit.BYTES)
    static final int MAX_LINE_BYTES = 4096;
    /** Commands that may wait for their responses (RFC 2449, 6.6). */
    @Bound(
            of = "commands that wait for responses",
            then = "the oldest is written as it is",
            seen = "pop3 event without response")
    static final int MAX_PENDING = 32;

    private final LineReader commandLines = new LineReader(MAX_LINE_BYTES, TooLong.CUT);
    private final LineReader responseLines = new LineReader(MAX_LINE_BYTES, TooLong.IN_PIECES);
    private final ArrayDeque<Pop3Transaction> pending = new ArrayDeque<>();
    private final ArrayDeque<Pop3Transaction> idle = new ArrayDeque<>();
    private final Pop3Event event = new Pop3Event();
    private final MimeReader mime = new MimeReader(Direction.TO_CLIENT, event);
    private final Slice line = new Slice();
    private boolean inData;
    private boolean secretNext;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (from == Direction.TO_SERVER) {
            if (commandLines.next(in, line)) {
                onCommandLine(session);
            }
        } else if (responseLines.next(in, line)) {
            onResponseLine(session);
        }
        return in.verdict();
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        if (from == Direction.TO_SERVER) {
            commandLines.reset();
        } else {
            responseLines.reset();
            if (inData && first().kind() == Kind.MESSAGE) {
                mime.onLost(bytes);
            }
        }
        return Verdict.OK;
    }

    @Override
    public void onEnd(Session session) {
        if (inData) {
            endData(End.CUT_SHORT, session);
        }
        while (!pending.isEmpty()) {
            write(session);
        }
    }

    @Override
    public void reset() {
        commandLines.reset();
        responseLines.reset();
        idle.addAll(pending);
        pending.clear();
        inData = false;
        secretNext = false;
    }

    private void onCommandLine(Session session) {
        if (line.trim().isEmpty() && !secretNext) {
            return;
        }
        if (pending.size() == MAX_PENDING) {
            if (inData) {
                endData(End.CUT_SHORT, session);
            } else {
                write(session);
            }
        }
        if (secretNext) {
            open(session).onSecretLine(line, session.secrets());
            secretNext = false;
        } else {
            open(session).onCommand(line, session.secrets());
        }
    }

    private void onResponseLine(Session session) {
        if (inData) {
            onDataLine(session);
        } else if (responseLines.begins() && !line.isEmpty()) {
            onStatus(session);
        }
    }

    /** {@code +OK text}, {@code -ERR text}, or {@code + } and a challenge (RFC 1939, 3; RFC 5034, 4). */
    private void onStatus(Session session) {
        if (line.u8(0) == '+' && (line.length() == 1 || line.u8(1) == ' ')) {
            onChallenge(session);
            return;
        }
        boolean success = line.startsWithIgnoreCase("+OK");
        if (!success && !line.startsWithIgnoreCase("-ERR")) {
            return; // what a lost line has left
        }
        Pop3Transaction transaction = pending.isEmpty() ? open(session) : first();
        transaction.answered = true;
        transaction.success = success;
        line.advance(success ? 3 : 4);
        if (!line.trim().isEmpty()) {
            transaction.cut |= !transaction.header.add(line);
        }
        if (success && transaction.hasData()) {
            beginData(transaction);
            return;
        }
        boolean secured = success && transaction.kind() == Kind.START_TLS;
        write(session);
        if (secured) {
            session.handOver("tls");
        }
    }

    /** What the client answers is a secret, with a transaction of its own. */
    private void onChallenge(Session session) {
        if (!pending.isEmpty() && first().kind() == Kind.AUTHENTICATION) {
            first().answered = true;
            first().success = true;
            write(session);
            secretNext = pending.isEmpty();
        }
    }

    private void beginData(Pop3Transaction transaction) {
        inData = true;
        if (transaction.kind() == Kind.MESSAGE) {
            event.carry(transaction);
            mime.begin(transaction.message);
        }
    }

    private void onDataLine(Session session) {
        boolean dot = responseLines.begins() && !line.isEmpty() && line.u8(0) == '.';
        if (dot && line.length() == 1 && !responseLines.wasCut()) {
            endData(End.COMPLETE, session);
            return;
        }
        if (dot) {
            line.advance(1);
        }
        Pop3Transaction transaction = first();
        if (transaction.kind() == Kind.MESSAGE) {
            event.carry(transaction);
            mime.onLine(line, responseLines.begins(), !responseLines.wasCut(), session);
        } else {
            transaction.cut |= !transaction.data.add(line);
        }
    }

    private void endData(End end, Session session) {
        inData = false;
        if (first().kind() == Kind.MESSAGE) {
            event.carry(first());
            mime.end(end);
            mime.reportFile(session);
        }
        write(session);
    }

    private Pop3Transaction open(Session session) {
        @Nullable Pop3Transaction unused = idle.pollLast();
        Pop3Transaction transaction = unused != null ? unused : new Pop3Transaction();
        pending.addLast(transaction.clear(session.nextTransaction()));
        return transaction;
    }

    private Pop3Transaction first() {
        return pending.getFirst();
    }

    private void write(Session session) {
        Pop3Transaction transaction = pending.removeFirst();
        event.write(transaction, session);
        idle.addLast(transaction);
    }
}
