// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import org.jspecify.annotations.Nullable;

/** Tells {@link SmbActivity} what happens on one connection. */
final class ActivityLog {
    private final Connection connection;
    private final Slice nothing = new Slice();
    private @Nullable SmbActivity activity;
    private @Nullable ActivityRow last;
    private long lastEpoch;
    private long lastSession;
    private long lastTree;

    ActivityLog(Connection connection) {
        this.connection = connection;
    }

    /** Another flow, or what was known of trees and users has changed. */
    void forget() {
        last = null;
    }

    /** A request was answered with success. */
    void onGranted(Transaction transaction, Session session) {
        if (!transaction.isAboutFile()) {
            return;
        }
        ActivityRow row = rowOf(transaction.sessionId, transaction.treeId, session);
        if (row != null) {
            row.onGranted(transaction);
        }
    }

    /** A file is read or written for the first time since it was opened. */
    void onTransfer(Transaction file, Direction from, Session session) {
        ActivityRow row = rowOf(file.sessionId, file.treeId, session);
        if (row != null) {
            row.filesWritten += from == Direction.TO_SERVER ? 1 : 0;
            row.filesRead += from == Direction.TO_CLIENT ? 1 : 0;
        }
    }

    void onBytes(Transaction file, Direction from, long bytes, Session session) {
        ActivityRow row = rowOf(file.sessionId, file.treeId, session);
        if (row != null) {
            row.bytesWritten += from == Direction.TO_SERVER ? bytes : 0;
            row.bytesRead += from == Direction.TO_CLIENT ? bytes : 0;
        }
    }

    void onWritten(Transaction file, Entropy entropy, Session session) {
        ActivityRow row = rowOf(file.sessionId, file.treeId, session);
        if (row != null) {
            row.onWritten(entropy);
        }
    }

    /** Counts a message that cannot be read; the session is in its transform header ([MS-SMB2], 2.2.41). */
    void onEncrypted(Direction from, long sessionId, long bytes, Session session) {
        ActivityRow row = rowOf(sessionId, NameTable.NONE, session);
        if (row != null) {
            row.onEncrypted(from, bytes);
        }
    }

    void onCompressed(Direction from, long bytes, Session session) {
        ActivityRow row = rowOf(0, NameTable.NONE, session);
        if (row != null) {
            row.onCompressed(from, bytes);
        }
    }

    private @Nullable ActivityRow rowOf(long sessionId, long treeId, Session session) {
        if (!session.wants(EventType.SMB_ACTIVITY)) {
            return null;
        }
        SmbActivity table = activity;
        if (table == null) {
            table = session.summary(SmbActivity.class, SmbActivity::new);
            activity = table;
        }
        if (last != null && lastEpoch == table.epoch() && lastSession == sessionId && lastTree == treeId) {
            return last;
        }
        NameTable.Entry tree = connection.trees.find(sessionId, treeId);
        if (tree != null && tree.pipe) {
            return null; // calls have events of their own
        }
        NameTable.Entry user = connection.users.find(sessionId, 0);
        Slice share = tree == null ? nothing : tree.name.text();
        Slice domain = user == null ? nothing : user.other.text();
        Slice name = user == null ? nothing : user.name.text();
        last = table.row(session.flow(), share, domain, name, session.events());
        lastEpoch = table.epoch();
        lastSession = sessionId;
        lastTree = treeId;
        return last;
    }
}
