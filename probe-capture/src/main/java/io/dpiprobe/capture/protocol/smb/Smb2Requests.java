// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.dcerpc.Pdu;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of SMB2 requests ([MS-SMB2], 2.2) and opens a transaction for each that is shown. */
final class Smb2Requests {
    private static final long FILE_DIRECTORY_FILE = 0x1;
    private static final long FILE_DELETE_ON_CLOSE = 0x1000;
    private static final int INFO_FILE = 1;
    private static final int RENAME_INFORMATION = 10;
    private static final int DISPOSITION_INFORMATION = 13;

    private final Connection connection;
    private final Slice bytes = new Slice();
    private final Cursor data = new Cursor();

    Smb2Requests(Connection connection) {
        this.connection = connection;
    }

    /** Reads one request; the cursor is behind its header, which began at {@code start}. */
    void read(Smb2Header header, Cursor in, Session session) {
        int start = in.consumed() - Smb2Header.BYTES;
        switch (header.command) {
            case Smb2Command.NEGOTIATE -> {
                connection.begin(Transaction.Kind.NEGOTIATE, header, session);
                connection.negotiation.readRequest(in);
            }
            case Smb2Command.SESSION_SETUP -> readSetup(header, in, start, session);
            case Smb2Command.TREE_CONNECT -> readTreeConnect(header, in, start, session);
            case Smb2Command.CREATE -> readCreate(header, in, start, session);
            case Smb2Command.CLOSE -> readClose(header, in, session);
            case Smb2Command.READ -> readRead(header, in);
            case Smb2Command.WRITE -> readWrite(header, in, start, session);
            case Smb2Command.IOCTL -> readIoctl(header, in, start, session);
            case Smb2Command.SET_INFO -> readSetInfo(header, in, start, session);
            case Smb2Command.GET_INFO -> {}
            default -> connection.begin(Transaction.Kind.GENERIC, header, session);
        }
    }

    private void readSetup(Smb2Header header, Cursor in, int start, Session session) {
        connection.begin(Transaction.Kind.SESSION_SETUP, header, session);
        in.skip(12); // StructureSize, Flags, SecurityMode, Capabilities, Channel
        int offset = in.u16le();
        int length = in.u16le();
        view(in, start + offset, length);
        connection.hasNtlm = connection.ntlm.find(bytes);
        connection.hasKerberos = !connection.hasNtlm && connection.kerberos.find(bytes);
    }

    private void readTreeConnect(Smb2Header header, Cursor in, int start, Session session) {
        Transaction opened = connection.begin(Transaction.Kind.TREE_CONNECT, header, session);
        in.skip(4); // StructureSize, Flags
        int offset = in.u16le();
        int length = in.u16le();
        view(in, start + offset, length);
        opened.name.setUtf16(bytes);
    }

    private void readCreate(Smb2Header header, Cursor in, int start, Session session) {
        Transaction opened = connection.begin(Transaction.Kind.CREATE, header, session);
        in.skip(36); // up to and with ShareAccess
        opened.disposition = in.u32le();
        long options = in.u32le();
        opened.directory = (options & FILE_DIRECTORY_FILE) != 0;
        opened.deleteOnClose = (options & FILE_DELETE_ON_CLOSE) != 0;
        int offset = in.u16le();
        int length = in.u16le();
        view(in, start + offset, length);
        opened.name.setUtf16(bytes);
    }

    private void readClose(Smb2Header header, Cursor in, Session session) {
        in.skip(8); // StructureSize, Flags, Reserved
        long high = in.u64le();
        long low = in.u64le();
        closeFile(connection.fileOf(Smb2Command.WRITE, high, low), session);
        closeFile(connection.fileOf(Smb2Command.READ, high, low), session);
        connection.begin(Transaction.Kind.GENERIC, header, session).file(high, low);
    }

    private void closeFile(@Nullable Transaction file, Session session) {
        if (file != null) {
            file.answer(0);
            connection.complete(file, session);
        }
    }

    private void readRead(Smb2Header header, Cursor in) {
        in.skip(16); // StructureSize, Padding, Flags, Length, Offset
        long high = in.u64le();
        long low = in.u64le();
        if (!in.failed()) {
            connection.reads.add(header.messageId, high, low);
        }
    }

    private void readWrite(Smb2Header header, Cursor in, int start, Session session) {
        in.skip(2); // StructureSize
        int offset = in.u16le();
        long length = in.u32le();
        in.skip(8); // Offset
        long high = in.u64le();
        long low = in.u64le();
        if (in.failed() || connection.fileOf(Smb2Command.WRITE, high, low) != null) {
            return;
        }
        view(in, start + offset, length);
        NameTable.Entry tree = connection.trees.find(header.sessionId, header.treeId);
        if ((tree == null || tree.pipe) && onPipe(header, high, low, session)) {
            return;
        }
        if (tree == null || !tree.pipe) {
            Transaction file = connection.begin(Transaction.Kind.FILE, header, session);
            file.file(high, low);
            NameTable.Entry name = connection.files.find(high, low);
            if (name != null) {
                file.name.set(name.name);
            }
        }
    }

    private void readIoctl(Smb2Header header, Cursor in, int start, Session session) {
        in.skip(4); // StructureSize, Reserved
        int function = (int) in.u32le();
        long high = in.u64le();
        long low = in.u64le();
        long offset = in.u32le();
        long length = in.u32le();
        view(in, start + offset, length);
        if (function == SmbName.FSCTL_PIPE_TRANSCEIVE && onPipe(header, high, low, session)) {
            return;
        }
        connection.begin(Transaction.Kind.IOCTL, header, session).function = function;
    }

    /** Takes what was written into a pipe as a PDU; false if it is none. */
    private boolean onPipe(Smb2Header header, long high, long low, Session session) {
        if (connection.rpc.read(data.wrap(bytes)) != Verdict.OK) {
            return false;
        }
        Pdu pdu = connection.rpc.pdu();
        Transaction call = connection.callOf(high, low);
        if (call == null) {
            call = connection.begin(Transaction.Kind.RPC, header, session);
            call.file(high, low);
            call.call.begin(pdu);
        } else {
            call.messageId = header.messageId;
        }
        call.call.onRequest(pdu);
        return true;
    }

    private void readSetInfo(Smb2Header header, Cursor in, int start, Session session) {
        in.skip(2); // StructureSize
        int type = in.u8();
        int level = in.u8();
        long length = in.u32le();
        int offset = in.u16le();
        in.skip(6); // Reserved, AdditionalInformation
        long high = in.u64le();
        long low = in.u64le();
        view(in, start + offset, length);
        if (in.failed() || type != INFO_FILE || bytes.isEmpty()) {
            return;
        }
        if (level == DISPOSITION_INFORMATION && bytes.u8(0) != 0) {
            name(connection.begin(Transaction.Kind.DELETE_ON_CLOSE, header, session), high, low);
        } else if (level == RENAME_INFORMATION) {
            Transaction renamed = connection.begin(Transaction.Kind.RENAME, header, session);
            name(renamed, high, low);
            data.wrap(bytes);
            data.skip(16); // ReplaceIfExists, Reserved, RootDirectory
            data.slice((int) Math.min(data.u32le(), Integer.MAX_VALUE), bytes);
            renamed.other.setUtf16(bytes);
        }
    }

    private void name(Transaction transaction, long high, long low) {
        transaction.file(high, low);
        NameTable.Entry known = connection.files.find(high, low);
        if (known != null) {
            transaction.name.set(known.name);
        }
    }

    /** Points at a part of the message, cut to what is at hand. */
    private void view(Cursor in, long offset, long length) {
        int end = in.consumed() + in.remaining();
        if (in.failed() || offset < 0 || offset > end) {
            bytes.clear();
        } else {
            int count = (int) Math.min(length, end - offset);
            bytes.wrap(in.buffer(), in.position() - in.consumed() + (int) offset, count);
        }
    }
}
