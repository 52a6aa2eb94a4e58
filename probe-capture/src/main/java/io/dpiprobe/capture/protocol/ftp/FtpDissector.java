// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ftp;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Expectation;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.text.LineReader;
import io.dpiprobe.capture.protocol.text.LineReader.TooLong;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Follows the control connection of FTP (RFC 959): an event per command, and the data connections announced. */
final class FtpDissector implements Dissector {
    /** Longest line kept whole: the longest path of common systems. */
    @Bound(of = "a line", then = "it is cut", seen = "ftp.command_truncated", unit = Bound.Unit.BYTES)
    static final int MAX_LINE_BYTES = 4096;
    /** Commands that may wait for their replies: clients send few before they read. */
    @Bound(of = "commands that wait for replies", then = "the oldest is written as it is", seen = "ftp.reply_received")
    static final int MAX_PENDING = 32;

    private static final int ENTERING_PASSIVE_MODE = 227;
    private static final int ENTERING_EXTENDED_PASSIVE_MODE = 229;
    private static final int SECURITY_EXCHANGE_COMPLETE = 234;
    private static final int NO_CODE = -1;

    private final LineReader commandLines = new LineReader(MAX_LINE_BYTES, TooLong.CUT);
    private final LineReader replyLines = new LineReader(MAX_LINE_BYTES, TooLong.CUT);
    private final ArrayDeque<FtpTransaction> pending = new ArrayDeque<>();
    private final ArrayDeque<FtpTransaction> idle = new ArrayDeque<>();
    private final FtpEvent event = new FtpEvent();
    private final Endpoint endpoint = new Endpoint();
    private final Slice line = new Slice();
    private boolean clientListens;
    /** Whether the user is anonymous, who has no password (RFC 1635). */
    private boolean guest;

    private int openReply = NO_CODE;

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        if (from == Direction.TO_SERVER) {
            if (commandLines.next(in, line)) {
                onCommand(session);
            }
        } else if (replyLines.next(in, line)) {
            onReply(session);
        }
        return in.verdict();
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        (from == Direction.TO_SERVER ? commandLines : replyLines).reset();
        openReply = NO_CODE;
        return Verdict.OK;
    }

    @Override
    public void onEnd(Session session) {
        while (!pending.isEmpty()) {
            write(session);
        }
    }

    @Override
    public void reset() {
        commandLines.reset();
        replyLines.reset();
        idle.addAll(pending);
        pending.clear();
        endpoint.clear();
        clientListens = false;
        guest = false;
        openReply = NO_CODE;
    }

    private void onCommand(Session session) {
        passOverTelnet();
        if (line.isEmpty()) {
            return;
        }
        if (pending.size() == MAX_PENDING) {
            write(session);
        }
        FtpTransaction transaction = open();
        transaction.onCommand(line, commandLines.wasCut(), session.secrets(), guest);
        if (transaction.command == FtpCommand.USER) {
            Slice name = transaction.argument();
            guest = name.equalsIgnoreCase("anonymous") || name.equalsIgnoreCase("ftp");
        } else if (transaction.command.isActive()) {
            readPort(transaction);
        } else if (transaction.command.isTransfer() && endpoint.isKnown()) {
            expect(transaction, session);
        } else if (transaction.command.isFile()) {
            anomaly("file_before_port", session);
        }
        if (commandLines.wasCut()) {
            anomaly("request_command_too_long", session);
        }
    }

    /** What the client did is known with the packet that acknowledges it, and EVE shows that one's direction. */
    private void anomaly(String event, Session session) {
        session.anomaly(Direction.TO_CLIENT, event, session.transactions() + pending.size() - 1);
    }

    /** An interruption begins with Telnet's own codes (RFC 959, 4.1.3, ABOR). */
    private void passOverTelnet() {
        while (!line.isEmpty() && line.u8(0) >= 0x80) {
            line.advance(1);
        }
    }

    private void readPort(FtpTransaction transaction) {
        if (transaction.command == FtpCommand.EPRT) {
            endpoint.readExtended(transaction.argument());
        } else {
            endpoint.readHostPort(transaction.argument());
        }
        clientListens = true;
        transaction.dynamicPort = endpoint.port();
    }

    /** The next connection to the endpoint carries what this command asked for. */
    private void expect(FtpTransaction transaction, Session session) {
        Direction listener = clientListens ? Direction.TO_SERVER : Direction.TO_CLIENT;
        Expectation expectation = session.expect(FtpProtocol.DATA.name(), listener, endpoint.port());
        if (endpoint.isAddressKnown()) {
            expectation.at(0, endpoint.addressLo());
        }
        expectation.kind(transaction.command.ordinal());
        if (transaction.command.isFile()) {
            expectation.note(transaction.argument());
        }
        endpoint.clear();
    }

    private void onReply(Session session) {
        if (line.isEmpty() && openReply == NO_CODE) {
            return;
        }
        int code = code();
        FtpTransaction first = pending.peekFirst();
        FtpTransaction transaction = first != null ? first : open();
        transaction.answered = true;
        boolean coded = code != NO_CODE && !isContinued();
        transaction.onReply(line, coded, replyLines.wasCut());
        if (isLast(code) && (code < 100 || code >= 200)) {
            onAnswered(transaction, code, session);
        }
    }

    /** Three digits, then a space, a hyphen or nothing; -1 otherwise. */
    private int code() {
        int code = 0;
        for (int i = 0; i < 3; i++) {
            int digit = i < line.length() ? line.u8(i) - '0' : -1;
            if (digit < 0 || digit > 9) {
                return NO_CODE;
            }
            code = code * 10 + digit;
        }
        boolean delimited = line.length() == 3 || line.u8(3) == ' ' || line.u8(3) == '-';
        return delimited ? code : NO_CODE;
    }

    /** A reply of several lines begins with its code and a hyphen, and ends with its code and a space (RFC 959, 4.2). */
    private boolean isLast(int code) {
        boolean hyphen = code != NO_CODE && isContinued();
        if (openReply == NO_CODE) {
            openReply = hyphen ? code : NO_CODE;
            return !hyphen;
        }
        if (code == openReply && !hyphen) {
            openReply = NO_CODE;
            return true;
        }
        return false;
    }

    private boolean isContinued() {
        return line.length() > 3 && line.u8(3) == '-';
    }

    private void onAnswered(FtpTransaction transaction, int code, Session session) {
        if (code == ENTERING_PASSIVE_MODE || code == ENTERING_EXTENDED_PASSIVE_MODE) {
            readPassive(code);
            transaction.dynamicPort = endpoint.port();
        }
        boolean secured = transaction.command == FtpCommand.AUTH && code == SECURITY_EXCHANGE_COMPLETE;
        write(session);
        if (secured) {
            session.handOver("tls");
        }
    }

    private void readPassive(int code) {
        line.advance(Math.min(4, line.length()));
        if (code == ENTERING_PASSIVE_MODE) {
            endpoint.readHostPort(line);
        } else {
            endpoint.readExtended(line);
        }
        clientListens = false;
    }

    private FtpTransaction open() {
        @Nullable FtpTransaction unused = idle.pollLast();
        FtpTransaction transaction = unused != null ? unused : new FtpTransaction();
        pending.addLast(transaction.clear());
        return transaction;
    }

    private void write(Session session) {
        FtpTransaction transaction = pending.removeFirst();
        event.write(transaction, session);
        idle.addLast(transaction);
    }
}
