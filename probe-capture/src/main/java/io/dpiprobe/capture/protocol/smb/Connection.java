// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.dcerpc.Conversation;
import io.dpiprobe.capture.protocol.file.FileTracker;
import org.jspecify.annotations.Nullable;

/** Keeps what both sides of one SMB connection have said: dialect, trees, files and what waits for an answer. */
final class Connection {
    /** Requests and files waiting: servers grant up to 512 credits; more means that one side is not seen. */
    @Bound(
            of = "requests of a connection that wait",
            then = "the oldest is written without an answer",
            seen = "smb event without status")
    static final int MAX_OPEN = 512;
    /** Names of open files kept: clients hold some tens. */
    @Bound(of = "names of open files of a connection", then = "the oldest is forgotten")
    static final int MAX_FILES = 256;
    /** Names of connected shares kept. */
    @Bound(of = "names of shares of a connection", then = "the oldest is forgotten")
    static final int MAX_TREES = 64;
    /** Reads waiting for their data. */
    @Bound(of = "reads of a connection that wait for data", then = "the oldest is forgotten")
    static final int MAX_READS = 128;
    /** Log-ins under way at the same time: one is usual, servers with many users have a few. */
    @Bound(of = "log-ins of a connection under way", then = "the oldest is forgotten")
    static final int MAX_LOGINS = 8;

    /** Second half of the id of a file that has none yet: the first is the message that opens it. */
    static final long NOT_OPEN_YET = -2;

    final Negotiation negotiation = new Negotiation();
    final Conversation rpc = new Conversation();
    final NameTable files = new NameTable(MAX_FILES);
    final NameTable trees = new NameTable(MAX_TREES);
    final PendingReads reads = new PendingReads(MAX_READS);
    final FileTransfers transfers = new FileTransfers(this);
    final PipeCalls pipes = new PipeCalls(this);
    final ActivityLog activity = new ActivityLog(this);
    final SetInfo setInfo = new SetInfo(this);
    final NameTable users = new NameTable(MAX_LOGINS);

    private final Transaction[] open = new Transaction[MAX_OPEN];
    private final Login[] logins = new Login[MAX_LOGINS];
    private final @Nullable Transaction[] loggingIn = new Transaction[MAX_LOGINS];
    private final SmbEvent event = new SmbEvent(this);
    private final FileEvent fileEvent = new FileEvent(event);
    private int count;
    private int nextLogin;

    void reset() {
        negotiation.reset();
        rpc.reset();
        files.clear();
        trees.clear();
        users.clear();
        reads.clear();
        transfers.reset();
        activity.forget();
        count = 0;
    }

    /** Opens a transaction; with no room the oldest is written as it is. */
    Transaction begin(Transaction.Kind kind, MessageHeader header, Session session) {
        if (count == MAX_OPEN) {
            write(0, session);
        }
        Transaction transaction = open[count];
        if (transaction == null) {
            transaction = new Transaction();
            open[count] = transaction;
        }
        count++;
        return transaction.begin(kind, session.nextTransaction() + 1, header);
    }

    /** The request that a response answers. */
    @Nullable
    Transaction answeredBy(MessageHeader header) {
        for (int i = 0; i < count; i++) {
            Transaction each = open[i];
            if (each.messageId == header.messageId
                    && each.command == header.command
                    && each.kind != Transaction.Kind.FILE) {
                return each;
            }
        }
        return null;
    }

    /** The log of an open file that is read or written. */
    @Nullable
    Transaction fileOf(int command, long high, long low) {
        for (int i = 0; i < count; i++) {
            Transaction each = open[i];
            if (each.kind == Transaction.Kind.FILE && each.command == command && each.isFile(high, low)) {
                return each;
            }
        }
        return null;
    }

    /** The call through a pipe that the PDU read last belongs to. */
    @Nullable
    Transaction callOf(long high, long low) {
        for (int i = 0; i < count; i++) {
            Transaction each = open[i];
            if (each.kind == Transaction.Kind.RPC && each.isFile(high, low) && each.call.matches(rpc.pdu())) {
                return each;
            }
        }
        return null;
    }

    /** Fills in the name of the file that a request is about, if it is known. */
    void name(Transaction request, long high, long low) {
        request.file(high, low);
        NameTable.Entry known = files.find(high, low);
        if (known != null) {
            request.name.set(known.name);
        }
    }

    /** Gives requests that were sent along with the one that opened their file the id that it now has. */
    void opened(long messageId, long high, long low) {
        if (files.find(messageId, NOT_OPEN_YET) == null) {
            return;
        }
        files.remove(messageId, NOT_OPEN_YET);
        reads.rename(messageId, NOT_OPEN_YET, high, low);
        for (int i = 0; i < count; i++) {
            if (open[i].hasFile && open[i].isFile(messageId, NOT_OPEN_YET)) {
                open[i].file(high, low);
            }
        }
    }

    /** Remembers who a session belongs to. */
    void loggedIn(MessageHeader header, Login login) {
        if (header.status == 0 && !login.user.isEmpty()) {
            NameTable.Entry user = users.put(header.sessionId, 0);
            user.name.set(login.user);
            user.other.set(login.domain);
            activity.forget();
        }
    }

    /** Where a request keeps what it says of a user; the oldest makes room. */
    Login loginOf(Transaction request) {
        Login login = logins[nextLogin];
        if (login == null) {
            login = new Login();
            logins[nextLogin] = login;
        }
        Transaction before = loggingIn[nextLogin];
        if (before != null && before.login == login) {
            before.login = null;
        }
        loggingIn[nextLogin] = request;
        nextLogin = (nextLogin + 1) % MAX_LOGINS;
        request.login = login;
        login.clear();
        return login;
    }

    /** Writes a transaction that is complete. */
    void complete(Transaction transaction, Session session) {
        for (int i = 0; i < count; i++) {
            if (open[i] == transaction) {
                if (transaction.hasStatus && transaction.status == 0) {
                    activity.onGranted(transaction, session);
                }
                write(i, session);
                return;
            }
        }
    }

    /** Writes what was read from a file or written into it, unless that is done. */
    void writeContent(Transaction file, FileTracker.End end, Session session) {
        transfers.forget(file);
        file.content.drain(session);
        if (file.content.entropy().measured() > 0) {
            activity.onWritten(file, file.content.entropy(), session);
            file.content.entropy().clear();
        }
        file.content.close(end, fileEvent.of(file), session);
    }

    /** Writes everything that is open, oldest first. */
    void end(Session session) {
        for (int i = 0; i < count; i++) {
            writeEvent(open[i], session);
        }
        count = 0;
    }

    private void write(int index, Session session) {
        Transaction transaction = open[index];
        writeEvent(transaction, session);
        count--;
        System.arraycopy(open, index + 1, open, index, count - index);
        open[count] = transaction;
    }

    private void writeEvent(Transaction transaction, Session session) {
        if (transaction.kind == Transaction.Kind.FILE) {
            writeContent(transaction, FileTracker.End.CUT_SHORT, session);
        }
        event.write(session.begin(EventType.SMB, Direction.TO_SERVER), transaction);
        if (transaction.kind == Transaction.Kind.RPC) {
            rpc.writeProbe(transaction.call, session.probe());
        } else if (transaction.login != null) {
            transaction.login.writeProbe(session.probe());
        }
        session.end();
    }
}
