// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;

/** Reads the bodies of SMB2 requests ([MS-SMB2], 2.2) and opens a transaction for each that is shown. */
final class Smb2Requests {
    private static final long FILE_DIRECTORY_FILE = 0x1;
    private static final long FILE_DELETE_ON_CLOSE = 0x1000;
    private static final int INFO_FILE = 1;

    private final Connection connection;
    private final Slice bytes = new Slice();
    private long fileHigh;
    private long fileLow;
    private final FilePart part = new FilePart();

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
        Transaction opened = connection.begin(Transaction.Kind.SESSION_SETUP, header, session);
        in.skip(12); // StructureSize, Flags, SecurityMode, Capabilities, Channel
        int offset = in.u16le();
        int length = in.u16le();
        view(in, start + offset, length);
        connection.loginOf(opened).token(bytes);
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
        if (header.nextCommand != 0) { // what follows may be about a file that has no id yet
            fileHigh = header.messageId;
            fileLow = Connection.NOT_OPEN_YET;
            connection.files.put(fileHigh, fileLow).name.set(opened.name);
        }
    }

    private void readClose(Smb2Header header, Cursor in, Session session) {
        in.skip(8); // StructureSize, Flags, Reserved
        readFile(in);
        long high = fileHigh;
        long low = fileLow;
        connection.transfers.close(Smb2Command.WRITE, high, low, 0, session);
        connection.transfers.close(Smb2Command.READ, high, low, 0, session);
        connection.begin(Transaction.Kind.GENERIC, header, session).file(high, low);
    }

    private void readRead(Smb2Header header, Cursor in) {
        in.skip(8); // StructureSize, Padding, Flags, Length
        long at = in.u64le();
        readFile(in);
        long high = fileHigh;
        long low = fileLow;
        if (!in.failed()) {
            connection.reads.add(header, high, low, at);
        }
    }

    private void readWrite(Smb2Header header, Cursor in, int start, Session session) {
        in.skip(2); // StructureSize
        int offset = in.u16le();
        long length = in.u32le();
        long at = in.u64le();
        readFile(in);
        long high = fileHigh;
        long low = fileLow;
        view(in, start + offset, length);
        if (in.failed()) {
            return;
        }
        NameTable.Entry tree = connection.trees.find(header.sessionId, header.treeId);
        boolean pipe = PipeCalls.mayCarry(tree);
        if (pipe && connection.pipes.onWritten(header, high, low, bytes, session)) {
            return;
        }
        if (tree == null || !tree.pipe) {
            Transaction file = connection.transfers.fileOf(header, Direction.TO_SERVER, high, low, session);
            connection.transfers.onPart(file, Direction.TO_SERVER, part.at(at, length), bytes, session);
        }
    }

    private void readIoctl(Smb2Header header, Cursor in, int start, Session session) {
        in.skip(4); // StructureSize, Reserved
        int function = (int) in.u32le();
        readFile(in);
        long high = fileHigh;
        long low = fileLow;
        long offset = in.u32le();
        long length = in.u32le();
        view(in, start + offset, length);
        if (function == SmbName.FSCTL_PIPE_TRANSCEIVE
                && connection.pipes.onWritten(header, high, low, bytes, session)) {
            return;
        }
        connection.begin(Transaction.Kind.IOCTL, header, session).function = function;
    }

    private void readSetInfo(Smb2Header header, Cursor in, int start, Session session) {
        in.skip(2); // StructureSize
        int type = in.u8();
        int level = in.u8();
        long length = in.u32le();
        int offset = in.u16le();
        in.skip(6); // Reserved, AdditionalInformation
        readFile(in);
        long high = fileHigh;
        long low = fileLow;
        view(in, start + offset, length);
        if (in.failed() || type != INFO_FILE) {
            return;
        }
        Transaction opened = connection.setInfo.read(level, header, bytes, session);
        if (opened != null) {
            connection.name(opened, high, low);
        }
    }

    /** Reads the id of a file; in a related request it may be that of the request before. */
    private void readFile(Cursor in) {
        long high = in.u64le();
        long low = in.u64le();
        if (high != Smb2Header.INHERITED || low != Smb2Header.INHERITED) {
            fileHigh = high;
            fileLow = low;
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
