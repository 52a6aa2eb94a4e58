// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smtp;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import io.dpiprobe.capture.protocol.text.ByteStore;
import io.dpiprobe.capture.protocol.text.LineReader;
import io.dpiprobe.capture.protocol.text.LineReader.TooLong;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Follows an SMTP connection (RFC 5321), pipelined or not (RFC 2920): an event per mail transaction, once it was answered.
 */
final class SmtpDissector implements Dissector {
    /** Longest command or reply looked at: twice what may be sent with common extensions (RFC 5321, 4.5.3.1). */
    @Bound(of = "a command or reply", then = "the rest is passed over", unit = Bound.Unit.BYTES)
    static final int MAX_LINE_BYTES = 2048;
    /** Transactions sent ahead of the replies that complete them. */
    @Bound(of = "mails sent ahead of their replies", then = "the oldest is written as it is")
    static final int MAX_AWAITING = 32;

    private static final int SERVICE_READY = 220;
    private static final int AUTH_CONTINUES = 334;
    private static final int START_MAIL_INPUT = 354;
    private static final int FIRST_REFUSAL = 400;

    private final LineReader commandLines = new LineReader(MAX_LINE_BYTES, TooLong.CUT);
    private final LineReader replyLines = new LineReader(MAX_LINE_BYTES, TooLong.CUT);
    private final PendingReplies pending = new PendingReplies();
    private final ArrayDeque<SmtpTransaction> awaiting = new ArrayDeque<>();
    private final ArrayDeque<SmtpTransaction> idle = new ArrayDeque<>();
    private final SmtpEvent event = new SmtpEvent();
    private final MessageBody body = new MessageBody(event);
    private final ByteStore helo = new ByteStore(1, SmtpTransaction.MAX_PATH_BYTES);
    private final Slice line = new Slice();
    private Mode mode = Mode.COMMAND;
    private boolean lastChunk;
    private boolean greeted;
    private boolean opened;
    private boolean secretNext;
    private boolean invalidReply;
    private @Nullable SmtpTransaction current;

    /** What the client sends next. */
    private enum Mode {
        COMMAND,
        DATA,
        CHUNK
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (from == Direction.TO_CLIENT) {
            if (replyLines.next(in, line)) {
                onReplyLine(session);
            }
        } else if (mode == Mode.DATA) {
            if (body.readLine(in, session)) {
                onEndOfData(session);
            }
        } else if (mode == Mode.CHUNK) {
            if (body.readChunk(in, session)) {
                onChunkEnd(session);
            }
        } else if (commandLines.next(in, line)) {
            onCommandLine(session);
        }
        return in.verdict();
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        if (from == Direction.TO_CLIENT) {
            replyLines.reset();
        } else if (mode == Mode.COMMAND) {
            commandLines.reset();
        } else if (body.onLost(bytes) && mode == Mode.CHUNK) {
            onChunkEnd(session);
        }
        return Verdict.OK;
    }

    @Override
    public void onEnd(Session session) {
        body.end(End.CUT_SHORT);
        body.report(session);
        while (!awaiting.isEmpty()) {
            write(session);
        }
        if (current != null) {
            awaiting.add(current);
            current = null;
            write(session);
        }
    }

    @Override
    public void reset() {
        commandLines.reset();
        replyLines.reset();
        pending.clear();
        body.reset();
        helo.clear();
        mode = Mode.COMMAND;
        lastChunk = false;
        greeted = false;
        opened = false;
        secretNext = false;
        invalidReply = false;
        if (current != null) {
            idle.add(current);
            current = null;
        }
        idle.addAll(awaiting);
        awaiting.clear();
    }

    private void onCommandLine(Session session) {
        if (secretNext || line.isEmpty()) {
            secretNext = false;
            return;
        }
        SmtpCommand command = SmtpCommand.of(line);
        command.strip(line);
        boolean completes = false;
        switch (command) {
            case EHLO, HELO -> completes = onHelo(session);
            case MAIL -> onMail(session);
            case RCPT -> open(session).rcptTo(path());
            case DATA -> expectData(open(session));
            case BDAT -> completes = expectChunk(open(session));
            case RSET -> completes = endEnvelope(session);
            default -> {}
        }
        if (!opened) {
            open(session);
        }
        if (command == SmtpCommand.QUIT && current != null) {
            body.end(End.CUT_SHORT);
            await(session);
            completes = true;
        }
        pending.add(command, completes);
    }

    /** A greeting begins anew (RFC 5321, 4.1.4): true if that ends a transaction. */
    private boolean onHelo(Session session) {
        if (current != null && !current.helo.isEmpty()) {
            clientAnomaly("DUPLICATE_FIELDS", session);
        }
        boolean ends = endEnvelope(session);
        helo.clear();
        boolean unused = helo.add(line);
        if (current != null) {
            current.helo(line);
        }
        return ends;
    }

    private void onMail(Session session) {
        SmtpTransaction transaction = open(session);
        if (!transaction.mailFrom.isEmpty()) {
            clientAnomaly("DUPLICATE_FIELDS", session);
        }
        transaction.mailFrom(path());
    }

    /** What the client did is known with the packet that acknowledges it, and EVE shows that one's direction. */
    private static void clientAnomaly(String event, Session session) {
        session.anomaly(Direction.TO_CLIENT, event, session.transactions() - 1);
    }

    private static void serverAnomaly(String event, Session session) {
        session.anomaly(Direction.TO_SERVER, event, Math.max(0, session.transactions() - 1));
    }

    private boolean endEnvelope(Session session) {
        if (current == null || !current.isEnvelopeBegun()) {
            return false;
        }
        body.end(End.CUT_SHORT);
        await(session);
        return true;
    }

    private void expectData(SmtpTransaction transaction) {
        transaction.askForData();
        body.expect(transaction);
        mode = Mode.DATA;
    }

    /** {@code BDAT chunk-size [LAST]} (RFC 3030, 2). */
    private boolean expectChunk(SmtpTransaction transaction) {
        transaction.askForData();
        long size = 0;
        while (!line.isEmpty() && line.u8(0) >= '0' && line.u8(0) <= '9' && size < Integer.MAX_VALUE) {
            size = size * 10 + line.u8(0) - '0';
            line.advance(1);
        }
        line.trim();
        lastChunk = line.equalsIgnoreCase("LAST");
        body.expectChunk(transaction, size);
        mode = Mode.CHUNK;
        return lastChunk;
    }

    private void onEndOfData(Session session) {
        mode = Mode.COMMAND;
        body.end(End.COMPLETE);
        await(session);
        pending.add(SmtpCommand.END_OF_DATA, true);
    }

    private void onChunkEnd(Session session) {
        mode = Mode.COMMAND;
        if (lastChunk) {
            body.end(End.COMPLETE);
            await(session);
        }
    }

    /** {@code <path>}, or what stands there instead, without the parameters behind. */
    private Slice path() {
        boolean bracketed = !line.isEmpty() && line.u8(0) == '<';
        int end = 0;
        while (end < line.length() && line.u8(end) != (bracketed ? '>' : ' ')) {
            end++;
        }
        return line.wrap(line.buffer(), line.offset(), Math.min(line.length(), bracketed ? end + 1 : end));
    }

    private SmtpTransaction open(Session session) {
        if (current != null) {
            return current;
        }
        @Nullable SmtpTransaction unused = idle.pollLast();
        SmtpTransaction transaction =
                (unused != null ? unused : new SmtpTransaction()).clear(session.nextTransaction());
        if (!helo.isEmpty()) {
            transaction.helo(helo.get(0, heloText));
        }
        opened = true;
        current = transaction;
        return transaction;
    }

    private final Slice heloText = new Slice();

    /** The client is done with the transaction: its event waits for the reply. */
    private void await(Session session) {
        if (current != null) {
            if (awaiting.size() == MAX_AWAITING) {
                write(session);
            }
            awaiting.addLast(current);
            current = null;
        }
    }

    private void onReplyLine(Session session) {
        int code = code();
        if (!isReplyCode(code) && !invalidReply) {
            invalidReply = true;
            serverAnomaly("INVALID_REPLY", session);
        }
        if (code < 0 || (line.length() > 3 && line.u8(3) == '-')) {
            return;
        }
        boolean greeting = !greeted && code == SERVICE_READY && pending.first() != SmtpCommand.STARTTLS;
        greeted = true;
        if (greeting) {
            return;
        }
        if (code == AUTH_CONTINUES && pending.first() == SmtpCommand.AUTH) {
            secretNext = true;
            return;
        }
        if (code == START_MAIL_INPUT) {
            pending.skipTo(SmtpCommand.DATA);
        }
        if (pending.isEmpty()) {
            onUnexpectedReply(code, session);
            return;
        }
        onReply(pending.first(), code, session);
    }

    private void onReply(SmtpCommand command, int code, Session session) {
        boolean completes = pending.firstCompletes();
        pending.removeFirst();
        if (completes && !awaiting.isEmpty()) {
            write(session);
        }
        if (command == SmtpCommand.DATA && code >= FIRST_REFUSAL) {
            mode = mode == Mode.DATA && !body.isBegun() ? Mode.COMMAND : mode;
            serverAnomaly("DATA_COMMAND_REJECTED", session);
        } else if (command == SmtpCommand.STARTTLS && code == SERVICE_READY) {
            session.handOver("tls");
        }
    }

    /** What it answers was lost: most likely the end of the message. */
    private void onUnexpectedReply(int code, Session session) {
        if (mode == Mode.DATA && body.isBegun() && code < FIRST_REFUSAL) {
            mode = Mode.COMMAND;
            body.end(End.CUT_SHORT);
            await(session);
            write(session);
        }
    }

    /** The grammar of RFC 5321, 4.2. */
    private static boolean isReplyCode(int code) {
        return code >= 200 && code < 600 && code / 10 % 10 <= 5;
    }

    private int code() {
        int code = 0;
        for (int i = 0; i < 3; i++) {
            int digit = i < line.length() ? line.u8(i) - '0' : -1;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            code = code * 10 + digit;
        }
        return code;
    }

    private void write(Session session) {
        SmtpTransaction transaction = awaiting.removeFirst();
        if (body.isOf(transaction)) {
            body.report(session);
        }
        event.write(transaction, session);
        idle.addLast(transaction);
    }
}
