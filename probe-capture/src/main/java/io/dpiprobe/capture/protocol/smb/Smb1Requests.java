// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;

/** Reads the commands of SMB1 requests ([MS-CIFS], 2.2.4) and opens a transaction for each that is shown. */
final class Smb1Requests {
    /** The second half of a file's id, which in SMB1 has one half only. */
    static final long FILE = -1;

    private static final long FILE_DIRECTORY_FILE = 0x1;
    private static final long FILE_DELETE_ON_CLOSE = 0x1000;
    /** Words of a session setup with a security token, with passwords, and of LAN Manager. */
    private static final int EXTENDED = 12;

    private static final int PASSWORDS = 13;
    private static final int LAN_MANAGER = 10;
    /** The message begins with its own length: WriteMode, RAW_MODE and START_OF_MESSAGE. */
    private static final int LENGTH_FIRST = 0x000c;

    private final Connection connection;
    private final Smb1Transactions transactions;
    private final Slice bytes = new Slice();
    private final FilePart part = new FilePart();

    Smb1Requests(Connection connection) {
        this.connection = connection;
        this.transactions = new Smb1Transactions(connection);
    }

    /** Reads one command of a message. */
    void read(Smb1Header header, Smb1Block in, Session session) {
        switch (header.command) {
            case Smb1Command.NEGOTIATE -> readNegotiate(header, in, session);
            case Smb1Command.SESSION_SETUP_ANDX -> readSetup(header, in, session);
            case Smb1Command.TREE_CONNECT_ANDX -> readTreeConnect(header, in, session);
            case Smb1Command.NT_CREATE_ANDX -> readCreate(header, in, session);
            case Smb1Command.OPEN_ANDX -> readOpen(header, in, session);
            case Smb1Command.READ_ANDX -> readRead(header, in);
            case Smb1Command.WRITE_ANDX -> readWrite(header, in, session);
            case Smb1Command.CLOSE -> readClose(header, in, session);
            case Smb1Command.DELETE, Smb1Command.CREATE_DIRECTORY, Smb1Command.DELETE_DIRECTORY ->
                readPath(header, in, session);
            case Smb1Command.RENAME -> readRename(header, in, session);
            case Smb1Command.TRANSACTION, Smb1Command.TRANSACTION2 -> transactions.readRequest(header, in, session);
            case Smb1Command.TRANSACTION_SECONDARY -> {} // more of one that is known
            default -> connection.begin(Transaction.Kind.GENERIC, header, session);
        }
    }

    private void readNegotiate(Smb1Header header, Smb1Block in, Session session) {
        header.messageId = 0; // whichever generation answers, it is the first
        header.sessionId = 0;
        header.treeId = 0;
        connection.begin(Transaction.Kind.NEGOTIATE, header, session);
        connection.negotiation.readSmb1Request(in.bytes);
    }

    private void readSetup(Smb1Header header, Smb1Block in, Session session) {
        Transaction opened = connection.begin(Transaction.Kind.SESSION_SETUP, header, session);
        Login login = connection.loginOf(opened);
        in.words.skip(10); // MaxBufferSize, MaxMpxCount, VcNumber, SessionKey
        int first = in.words.u16le();
        switch (in.wordCount) {
            case EXTENDED -> {
                in.bytes.slice(Math.min(first, in.bytes.remaining()), bytes);
                login.token(bytes);
            }
            case PASSWORDS -> {
                in.bytes.skip(first + in.words.u16le());
                readPlainUser(in, login);
            }
            case LAN_MANAGER -> {
                in.bytes.skip(first);
                readPlainUser(in, login);
            }
            default -> {
                return;
            }
        }
        in.text(login.clientOs);
        in.text(login.clientManager);
        login.systems();
    }

    private static void readPlainUser(Smb1Block in, Login login) {
        in.text(login.user);
        in.text(login.domain);
        login.plain();
    }

    private void readTreeConnect(Smb1Header header, Smb1Block in, Session session) {
        Transaction opened = connection.begin(Transaction.Kind.TREE_CONNECT, header, session);
        in.words.skip(2); // Flags
        in.bytes.skip(in.words.u16le()); // Password
        in.text(opened.name);
        in.ascii(opened.other);
    }

    private void readCreate(Smb1Header header, Smb1Block in, Session session) {
        Transaction opened = connection.begin(Transaction.Kind.CREATE, header, session);
        in.words.skip(31); // up to and with ShareAccess
        opened.disposition = in.words.u32le();
        long options = in.words.u32le();
        opened.directory = (options & FILE_DIRECTORY_FILE) != 0;
        opened.deleteOnClose = (options & FILE_DELETE_ON_CLOSE) != 0;
        in.text(opened.name);
    }

    private void readOpen(Smb1Header header, Smb1Block in, Session session) {
        Transaction opened = connection.begin(Transaction.Kind.CREATE, header, session);
        in.words.skip(12); // up to and with CreationTime
        opened.disposition = SmbName.dispositionOfOpenMode(in.words.u16le());
        in.text(opened.name);
    }

    private void readRead(Smb1Header header, Smb1Block in) {
        int file = in.words.u16le();
        long offset = in.words.u32le();
        in.words.skip(10); // MaxCount, MinCount, Timeout, Remaining
        offset |= in.wordCount > 10 ? in.words.u32le() << 32 : 0;
        if (!in.words.failed()) {
            connection.reads.add(header, file, FILE, offset);
        }
    }

    private void readWrite(Smb1Header header, Smb1Block in, Session session) {
        int file = in.words.u16le();
        long offset = in.words.u32le();
        in.words.skip(4); // Timeout
        int mode = in.words.u16le();
        in.words.skip(2); // Remaining
        long length = (long) in.words.u16le() << 16 | in.words.u16le();
        int dataOffset = in.words.u16le();
        offset |= in.wordCount > 12 ? in.words.u32le() << 32 : 0;
        if (in.words.failed()) {
            return;
        }
        in.part(dataOffset, length, bytes);
        NameTable.Entry tree = connection.trees.find(header.sessionId, header.treeId);
        if (tree != null && !tree.pipe) {
            Transaction content = connection.transfers.fileOf(header, Direction.TO_SERVER, file, FILE, session);
            connection.transfers.onPart(content, Direction.TO_SERVER, part.at(offset, length), bytes, session);
            return;
        }
        if ((mode & LENGTH_FIRST) == LENGTH_FIRST && bytes.length() > 2) {
            bytes.advance(2);
        }
        if (!connection.pipes.onWritten(header, file, FILE, bytes, session) && tree != null) {
            connection.begin(Transaction.Kind.GENERIC, header, session); // no call: exploits fill memory so
        }
    }

    private void readClose(Smb1Header header, Smb1Block in, Session session) {
        int file = in.words.u16le();
        connection.transfers.close(Smb1Command.WRITE_ANDX, file, FILE, 0, session);
        connection.transfers.close(Smb1Command.READ_ANDX, file, FILE, 0, session);
        connection.begin(Transaction.Kind.GENERIC, header, session).file(file, FILE);
    }

    private void readPath(Smb1Header header, Smb1Block in, Session session) {
        Transaction opened = connection.begin(Transaction.Kind.PATH, header, session);
        opened.directory = header.command != Smb1Command.DELETE;
        in.bytes.skip(1); // BufferFormat
        in.text(opened.name);
    }

    private void readRename(Smb1Header header, Smb1Block in, Session session) {
        Transaction opened = connection.begin(Transaction.Kind.RENAME, header, session);
        in.bytes.skip(1); // BufferFormat1
        in.text(opened.name);
        in.bytes.skip(1); // BufferFormat2
        in.text(opened.other);
    }
}
