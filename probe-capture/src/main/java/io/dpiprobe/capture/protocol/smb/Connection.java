// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.dcerpc.Conversation;
import io.dpiprobe.capture.protocol.ntlm.KerberosTicket;
import io.dpiprobe.capture.protocol.ntlm.NtlmAuthenticate;
import org.jspecify.annotations.Nullable;

/** Keeps what both sides of one SMB connection have said: dialect, trees, files and what waits for an answer. */
final class Connection {
    /** Requests and files waiting: servers grant up to 512 credits; more means that one side is not seen. */
    static final int MAX_OPEN = 512;
    /** Names of open files kept: clients hold some tens. */
    static final int MAX_FILES = 256;
    /** Names of connected shares kept. */
    static final int MAX_TREES = 64;
    /** Reads waiting for their data. */
    static final int MAX_READS = 128;

    final Negotiation negotiation = new Negotiation();
    final NtlmAuthenticate ntlm = new NtlmAuthenticate();
    final KerberosTicket kerberos = new KerberosTicket();
    final Conversation rpc = new Conversation();
    final NameTable files = new NameTable(MAX_FILES);
    final NameTable trees = new NameTable(MAX_TREES);
    final PendingReads reads = new PendingReads(MAX_READS);
    boolean hasNtlm;
    boolean hasKerberos;

    private final Transaction[] open = new Transaction[MAX_OPEN];
    private final SmbEvent event = new SmbEvent(this);
    private int count;

    void reset() {
        negotiation.reset();
        rpc.reset();
        files.clear();
        trees.clear();
        reads.clear();
        hasNtlm = false;
        hasKerberos = false;
        count = 0;
    }

    /** Opens a transaction; with no room the oldest is written as it is. */
    Transaction begin(Transaction.Kind kind, Smb2Header header, Session session) {
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
    Transaction answeredBy(Smb2Header header) {
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

    /** Writes a transaction that is complete. */
    void complete(Transaction transaction, Session session) {
        for (int i = 0; i < count; i++) {
            if (open[i] == transaction) {
                write(i, session);
                return;
            }
        }
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
        event.write(session.begin(EventType.SMB, Direction.TO_SERVER), transaction);
        session.end();
    }
}
