// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of SMB2 responses ([MS-SMB2], 2.2) and completes what they answer. */
final class Smb2Responses {
    /** SMB2_SHARE_TYPE_PIPE. */
    static final int PIPE = 2;

    private static final int SUCCESS = 0;
    private static final int PENDING = 0x103;
    private static final int END_OF_FILE = 0xc000_0011;
    private static final int BUFFER_OVERFLOW = 0x8000_0005;
    /** What is in front of the security buffer ([MS-SMB2], 2.2.6). */
    private static final int SETUP_HEAD_BYTES = 8;

    private final Slice token = new Slice();
    private final Connection connection;
    private final Slice bytes = new Slice();
    private final FilePart part = new FilePart();

    Smb2Responses(Connection connection) {
        this.connection = connection;
    }

    /** Reads one response; the cursor is behind its header. */
    void read(MessageHeader header, Cursor in, Session session) {
        if (header.status == PENDING && header.command != Smb2Command.CHANGE_NOTIFY) {
            return; // the answer itself follows under the same message id
        }
        int start = in.consumed() - Smb2Header.BYTES;
        if (header.command == Smb2Command.READ) {
            readRead(header, in, start, session);
            return;
        }
        Transaction request = connection.answeredBy(header);
        if (header.command == Smb2Command.NEGOTIATE) {
            connection.negotiation.readResponse(in);
            request = request == null ? multiProtocolRequest(header) : request;
        }
        if (request == null) {
            return;
        }
        if (request.kind == Transaction.Kind.RPC) {
            readCallAnswer(header, in, start, request, session);
            return;
        }
        request.answer(header);
        if (header.status == SUCCESS || header.command == Smb2Command.SESSION_SETUP) {
            onSuccess(header, in, request);
        }
        connection.complete(request, session);
    }

    private @Nullable Transaction multiProtocolRequest(MessageHeader header) {
        header.command = Smb1Command.NEGOTIATE;
        return connection.answeredBy(header);
    }

    private void onSuccess(MessageHeader header, Cursor in, Transaction request) {
        switch (header.command) {
            case Smb2Command.SESSION_SETUP -> readSetup(header, in, request);
            case Smb2Command.TREE_CONNECT -> readTreeConnect(header, in, request);
            case Smb2Command.TREE_DISCONNECT -> connection.trees.remove(request.sessionId, request.treeId);
            case Smb2Command.CREATE -> readCreate(in, request);
            case Smb2Command.CLOSE -> connection.files.remove(request.fileHigh, request.fileLow);
            default -> {}
        }
    }

    private void readSetup(MessageHeader header, Cursor in, Transaction request) {
        request.sessionId = header.sessionId;
        if (request.login != null) {
            in.skip(4); // StructureSize, SessionFlags
            int offset = in.u16le() - Smb2Header.BYTES - SETUP_HEAD_BYTES;
            int length = in.u16le();
            if (offset >= 0 && offset + length <= in.remaining()) {
                in.skip(offset);
                in.slice(length, token);
                request.login.answer(token);
            }
            connection.loggedIn(header, request.login);
        }
    }

    private void readTreeConnect(MessageHeader header, Cursor in, Transaction request) {
        in.skip(2);
        request.shareType = in.u8();
        request.treeId = header.treeId;
        NameTable.Entry tree = connection.trees.put(header.sessionId, header.treeId);
        tree.name.set(request.name);
        connection.activity.forget();
        tree.pipe = request.shareType == PIPE;
    }

    private void readCreate(Cursor in, Transaction request) {
        in.skip(4); // StructureSize, OplockLevel, Flags
        request.createAction = (int) in.u32le();
        long created = FileTime.seconds(in.u64le());
        long accessed = FileTime.seconds(in.u64le());
        long modified = FileTime.seconds(in.u64le());
        long changed = FileTime.seconds(in.u64le());
        in.skip(8); // AllocationSize
        long size = in.u64le();
        in.skip(8); // FileAttributes, Reserved
        long high = in.u64le();
        long low = in.u64le();
        if (in.failed()) {
            return;
        }
        request.created = created;
        request.accessed = accessed;
        request.modified = modified;
        request.changed = changed;
        request.size = size;
        request.file(high, low);
        connection.files.put(high, low).name.set(request.name);
        connection.opened(request.messageId, high, low);
    }

    private void readCallAnswer(MessageHeader header, Cursor in, int start, Transaction request, Session session) {
        if (header.command == Smb2Command.WRITE) {
            if (header.status != SUCCESS || request.call.isOneWay()) {
                request.answer(header.status);
                connection.complete(request, session);
            }
            return; // what the pipe answers is read later
        }
        in.skip(32); // up to OutputOffset
        long offset = in.u32le();
        long length = in.u32le();
        view(in, start + offset, length);
        connection.pipes.onAnswer(header, request, bytes, session);
    }

    private void readRead(MessageHeader header, Cursor in, int start, Session session) {
        if (!connection.reads.take(header.messageId)) {
            return;
        }
        long high = connection.reads.high;
        long low = connection.reads.low;
        if (header.status != SUCCESS && header.status != BUFFER_OVERFLOW) {
            if (header.status == END_OF_FILE) {
                connection.transfers.endOfFile(Smb2Command.READ, high, low, header.status, session);
            }
            return;
        }
        in.skip(2); // StructureSize
        int offset = in.u8();
        in.skip(1);
        long length = in.u32le();
        view(in, start + offset, length);
        noteTree(header);
        NameTable.Entry tree = connection.trees.find(header.sessionId, header.treeId);
        if (PipeCalls.mayCarry(tree) && connection.pipes.onRead(header.status, high, low, bytes, session)) {
            return;
        }
        if (tree == null || !tree.pipe) {
            Transaction file = connection.transfers.fileOf(header, Direction.TO_CLIENT, high, low, session);
            part.at(connection.reads.offset, length);
            connection.transfers.onPart(file, Direction.TO_CLIENT, part, bytes, session);
            return;
        }
        Transaction file = connection.fileOf(header.command, high, low);
        if (file != null) {
            connection.transfers.onPart(file, Direction.TO_CLIENT, part.next(length), bytes, session);
        }
    }

    /**
     * An asynchronous answer does not say its tree; the request did. Of pipes it stays unsaid: what a client waits for
     * there, and is no call, is the output of what runs on the server, and is followed like a file.
     */
    private void noteTree(MessageHeader header) {
        NameTable.Entry asked = connection.trees.find(header.sessionId, connection.reads.tree);
        if (header.treeId == 0 && asked != null && !asked.pipe) {
            header.treeId = connection.reads.tree;
        }
    }

    /** Points at a part of the message, cut to what is at hand. */
    private void view(Cursor in, long offset, long length) {
        int end = in.consumed() + in.remaining();
        if (in.failed() || offset > end) {
            bytes.clear();
        } else {
            int count = (int) Math.min(length, end - offset);
            bytes.wrap(in.buffer(), in.position() - in.consumed() + (int) offset, count);
        }
    }
}
