// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of SMB2 responses ([MS-SMB2], 2.2) and completes what they answer. */
final class Smb2Responses {
    /** SMB2_SHARE_TYPE_PIPE. */
    static final int PIPE = 2;

    private static final int SUCCESS = 0;
    private static final int PENDING = 0x103;
    private static final int BUFFER_OVERFLOW = 0x8000_0005;
    /** 1601-01-01 to 1970-01-01 in units of 100 ns. */
    private static final long EPOCH_TICKS = 116_444_736_000_000_000L;

    private static final long TICKS_PER_SECOND = 10_000_000;

    private final Connection connection;
    private final Slice bytes = new Slice();
    private final Cursor data = new Cursor();

    Smb2Responses(Connection connection) {
        this.connection = connection;
    }

    /** Reads one response; the cursor is behind its header. */
    void read(Smb2Header header, Cursor in, Session session) {
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
        request.answer(header.status);
        if (header.status == SUCCESS || header.command == Smb2Command.SESSION_SETUP) {
            onSuccess(header, in, request);
        }
        connection.complete(request, session);
        if (header.command == Smb2Command.SESSION_SETUP) {
            connection.hasNtlm = false;
            connection.hasKerberos = false;
        }
    }

    private @Nullable Transaction multiProtocolRequest(Smb2Header header) {
        header.command = SmbEvent.SMB1_NEGOTIATE;
        return connection.answeredBy(header);
    }

    private void onSuccess(Smb2Header header, Cursor in, Transaction request) {
        switch (header.command) {
            case Smb2Command.SESSION_SETUP -> request.sessionId = header.sessionId;
            case Smb2Command.TREE_CONNECT -> readTreeConnect(header, in, request);
            case Smb2Command.TREE_DISCONNECT -> connection.trees.remove(request.sessionId, request.treeId);
            case Smb2Command.CREATE -> readCreate(in, request);
            case Smb2Command.CLOSE -> connection.files.remove(request.fileHigh, request.fileLow);
            default -> {}
        }
    }

    private void readTreeConnect(Smb2Header header, Cursor in, Transaction request) {
        in.skip(2);
        request.shareType = in.u8();
        request.treeId = header.treeId;
        NameTable.Entry tree = connection.trees.put(header.sessionId, header.treeId);
        tree.name.set(request.name);
        tree.pipe = request.shareType == PIPE;
    }

    private void readCreate(Cursor in, Transaction request) {
        in.skip(8); // StructureSize, OplockLevel, Flags, CreateAction
        long created = seconds(in.u64le());
        long accessed = seconds(in.u64le());
        long modified = seconds(in.u64le());
        long changed = seconds(in.u64le());
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
    }

    private static long seconds(long ticks) {
        return ticks < EPOCH_TICKS ? 0 : (ticks - EPOCH_TICKS) / TICKS_PER_SECOND;
    }

    private void readCallAnswer(Smb2Header header, Cursor in, int start, Transaction request, Session session) {
        if (header.command == Smb2Command.WRITE) {
            if (header.status != SUCCESS) {
                request.answer(header.status);
                connection.complete(request, session);
            }
            return; // what the pipe answers is read later
        }
        in.skip(32); // up to OutputOffset
        long offset = in.u32le();
        long length = in.u32le();
        view(in, start + offset, length);
        request.answer(header.status);
        boolean last = true;
        if (connection.rpc.read(data.wrap(bytes)) == Verdict.OK && request.call.matches(connection.rpc.pdu())) {
            last = request.call.onResponse(connection.rpc.pdu());
        }
        if (last) {
            connection.complete(request, session);
        }
    }

    private void readRead(Smb2Header header, Cursor in, int start, Session session) {
        if (!connection.reads.take(header.messageId)
                || (header.status != SUCCESS && header.status != BUFFER_OVERFLOW)) {
            return;
        }
        long high = connection.reads.high;
        long low = connection.reads.low;
        in.skip(2); // StructureSize
        int offset = in.u8();
        in.skip(1);
        long length = in.u32le();
        view(in, start + offset, length);
        NameTable.Entry tree = connection.trees.find(header.sessionId, header.treeId);
        if ((tree == null || tree.pipe) && connection.rpc.read(data.wrap(bytes)) == Verdict.OK) {
            onPipe(header, high, low, session);
        } else if ((tree == null || !tree.pipe) && connection.fileOf(Smb2Command.READ, high, low) == null) {
            onFile(header, tree, session);
        }
    }

    private void onPipe(Smb2Header header, long high, long low, Session session) {
        Transaction request = connection.callOf(high, low);
        if (request != null) {
            request.answer(header.status);
            if (request.call.onResponse(connection.rpc.pdu())) {
                connection.complete(request, session);
            }
        }
    }

    private void onFile(Smb2Header header, NameTable.@Nullable Entry tree, Session session) {
        Transaction file = connection.begin(Transaction.Kind.FILE, header, session);
        file.file(connection.reads.high, connection.reads.low);
        NameTable.Entry name = connection.files.find(file.fileHigh, file.fileLow);
        if (name != null) {
            file.name.set(name.name);
        }
        if (tree != null) {
            file.other.set(tree.name);
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
