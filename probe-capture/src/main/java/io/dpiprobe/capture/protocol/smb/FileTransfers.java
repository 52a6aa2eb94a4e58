// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.file.FileTracker;
import org.jspecify.annotations.Nullable;

/** Follows the content of files that are read and written over one connection. */
final class FileTransfers {
    private final Connection connection;
    private final @Nullable Transaction[] current = new Transaction[2];
    private final long[] left = new long[2];
    private final Slice part = new Slice();

    FileTransfers(Connection connection) {
        this.connection = connection;
    }

    void reset() {
        endMessage(Direction.TO_SERVER);
        endMessage(Direction.TO_CLIENT);
    }

    /** Opens the log of a file for what a message carries, unless it is open. */
    Transaction fileOf(MessageHeader header, Direction from, long high, long low, Session session) {
        Transaction known = connection.fileOf(header.command, high, low);
        if (known != null) {
            return known;
        }
        Transaction file = connection.begin(Transaction.Kind.FILE, header, session);
        connection.name(file, high, low);
        NameTable.Entry tree = connection.trees.find(header.sessionId, header.treeId);
        if (tree != null) {
            file.other.set(tree.name);
        }
        file.content.open(from, file.name.text(), session);
        connection.activity.onTransfer(file, from, session);
        return file;
    }

    /** Takes what a message has of a part of a file, at hand or still to come. */
    void onPart(Transaction file, Direction from, FilePart at, Slice atHand, Session session) {
        if (at.offset == FilePart.NEXT || (at.offset == 0 && file.other.isEmpty())) {
            file.content.append(); // the share is not known, and this may be a pipe
        } else {
            file.content.seek(at.offset, at.length, session);
        }
        file.content.onBytes(atHand, session);
        current[from.ordinal()] = file;
        left[from.ordinal()] = at.length - atHand.length();
        connection.activity.onBytes(file, from, at.length, session);
    }

    /** Takes more of a message whose beginning was read. */
    void onMore(Direction from, Slice bytes, Session session) {
        int side = from.ordinal();
        Transaction file = current[side];
        if (file != null && left[side] > 0) {
            int count = (int) Math.min(left[side], bytes.length());
            left[side] -= count;
            file.content.onBytes(part.wrap(bytes.buffer(), bytes.offset(), count), session);
        }
    }

    /** So many bytes of the message at hand were lost. */
    void onLost(Direction from, long bytes, Session session) {
        int side = from.ordinal();
        Transaction file = current[side];
        if (file != null && left[side] > 0) {
            long count = Math.min(left[side], bytes);
            left[side] -= count;
            file.content.onLost(count, session);
        }
    }

    /** The message is over. */
    void endMessage(Direction from) {
        current[from.ordinal()] = null;
        left[from.ordinal()] = 0;
    }

    /** A read came to the end of the file: its content is complete, and its log when it is closed. */
    void endOfFile(int command, long high, long low, int status, Session session) {
        Transaction file = connection.fileOf(command, high, low);
        if (file != null) {
            file.answer(status);
            connection.writeContent(file, FileTracker.End.COMPLETE, session);
        }
    }

    /** A file is closed: its logs are complete. */
    void close(int command, long high, long low, int status, Session session) {
        Transaction file = connection.fileOf(command, high, low);
        if (file != null) {
            file.answer(status);
            connection.writeContent(file, FileTracker.End.COMPLETE, session);
            connection.complete(file, session);
        }
    }

    /** A transaction is used for something else from now on. */
    void forget(Transaction transaction) {
        for (int side = 0; side < current.length; side++) {
            if (current[side] == transaction) {
                current[side] = null;
                left[side] = 0;
            }
        }
    }
}
