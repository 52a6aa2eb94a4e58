// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.text.LineReader;
import io.dpiprobe.capture.protocol.text.LineReader.TooLong;

/** Follows an IMAP connection (RFC 9051): an event for each command that says who does what. */
final class ImapDissector implements Dissector {
    /** Longest line looked at whole: what servers have to accept (RFC 7162, 4). */
    @Bound(of = "a line", then = "the rest is passed over", seen = "probe.truncated", unit = Bound.Unit.BYTES)
    static final int MAX_LINE_BYTES = 8192;

    private final LineReader commandLines = new LineReader(MAX_LINE_BYTES, TooLong.IN_PIECES);
    private final LineReader responseLines = new LineReader(MAX_LINE_BYTES, TooLong.IN_PIECES);
    private final Literal upload = new Literal();
    private final Literal download = new Literal();
    private final ImapCommands commands = new ImapCommands();
    private final Slice line = new Slice();
    private boolean literalWanted;
    private boolean insideResponse;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (from == Direction.TO_SERVER) {
            onRequest(in, session);
        } else if (download.isOpen()) {
            download.pass(in);
        } else if (responseLines.next(in, line)) {
            onResponseLine(session);
        }
        return in.verdict();
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        boolean request = from == Direction.TO_SERVER;
        boolean insideLiteral = (request ? upload : download).lost(bytes);
        if (request) {
            literalWanted = false;
        }
        if (!insideLiteral && request) {
            commandLines.reset();
            commands.abandon();
        } else if (!insideLiteral) {
            responseLines.reset();
            insideResponse = false;
        }
        return Verdict.OK;
    }

    @Override
    public void onEnd(Session session) {
        commands.end(session);
    }

    @Override
    public void reset() {
        commandLines.reset();
        responseLines.reset();
        upload.reset();
        download.reset();
        commands.reset();
        literalWanted = false;
        insideResponse = false;
    }

    private void onRequest(Cursor in, Session session) {
        if (upload.isOpen() && literalWanted) {
            in.slice((int) upload.size(), line);
            if (!in.failed()) {
                upload.reset();
                commands.onLiteral(line, session);
            }
        } else if (upload.isOpen()) {
            upload.pass(in);
        } else if (commandLines.next(in, line)) {
            onCommandLine(session);
        }
    }

    private void onCommandLine(Session session) {
        upload.look(line);
        boolean ends = !commandLines.wasCut();
        boolean literal = ends && upload.atEndOfLine();
        if (commandLines.begins()) {
            commands.onLine(literal ? withoutMark() : line, session);
            commands.onCut(!ends);
        }
        if (literal) {
            announce(session);
        } else if (ends) {
            commands.onWhole(session);
        }
    }

    private void announce(Session session) {
        literalWanted = commands.onLiteral(upload.size());
        if (literalWanted && !upload.isOpen()) {
            line.clear();
            commands.onLiteral(line, session);
        }
    }

    private Slice withoutMark() {
        int length = line.length();
        while (length > 0 && line.u8(length - 1) != '{') {
            length--;
        }
        return line.wrap(line.buffer(), line.offset(), Math.max(0, length - 1));
    }

    /** {@code * data}, {@code + challenge}, or what completes a command: its tag, and a status (RFC 9051, 7). */
    private void onResponseLine(Session session) {
        boolean ends = !responseLines.wasCut();
        boolean first = responseLines.begins() && !insideResponse;
        boolean completes = first && !line.isEmpty() && line.u8(0) != '*' && line.u8(0) != '+';
        download.look(line);
        if (ends) {
            insideResponse = download.atEndOfLine();
        }
        if (completes || (first && ImapProtocol.isGreeting(line))) {
            download.reset(); // text for people announces nothing
            insideResponse = false;
        }
        if (completes) {
            onCompletion(session);
        } else if (first && !line.isEmpty()) {
            commands.onUntagged(line, session);
        }
    }

    private void onCompletion(Session session) {
        int end = 0;
        while (end < line.length() && line.u8(end) != ' ') {
            end++;
        }
        if (commands.isReading(line, end) && upload.refuse()) {
            commands.abandon();
        }
        CommandName completed = commands.onCompletion(line, end, session);
        line.advance(Math.min(line.length(), end + 1));
        if (line.startsWithIgnoreCase("OK")) {
            if (completed == CommandName.STARTTLS) {
                session.handOver("tls");
            } else if (completed == CommandName.COMPRESS) {
                session.finished(); // RFC 4978: what follows is compressed
            }
        }
    }
}
