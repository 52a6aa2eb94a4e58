// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;

/** Reads the commands of SMB1 responses ([MS-CIFS], 2.2.4) and completes what they answer. */
final class Smb1Responses {
    private static final int SUCCESS = 0;
    private static final int BUFFER_OVERFLOW = 0x8000_0005;
    private static final int EXTENDED_SETUP = 4;
    private static final String PIPE_SERVICE = "IPC";

    private final Slice token = new Slice();
    private final Connection connection;
    private final Slice bytes = new Slice();
    private final FilePart part = new FilePart();

    Smb1Responses(Connection connection) {
        this.connection = connection;
    }

    /** Reads one command of a message. */
    void read(Smb1Header header, Smb1Block in, Session session) {
        if (header.command == Smb1Command.READ_ANDX) {
            readRead(header, in, session);
            return;
        }
        if (header.command == Smb1Command.NEGOTIATE) {
            header.messageId = 0;
        }
        Transaction request = connection.answeredBy(header);
        if (request == null) {
            if (header.command == Smb1Command.TRANSACTION && header.status != SUCCESS && !header.dosError) {
                refused(header, session);
            }
            return;
        }
        if (request.kind == Transaction.Kind.RPC) {
            readCallAnswer(header, in, request, session);
            return;
        }
        request.answer(header);
        onAnswer(header, in, request);
        connection.complete(request, session);
    }

    /** A pipe that cannot be peeked into, and how it says so, is what scanners for old holes look for. */
    private void refused(Smb1Header header, Session session) {
        Transaction refused = connection.begin(Transaction.Kind.GENERIC, header, session);
        refused.answer(header);
        connection.complete(refused, session);
    }

    private void onAnswer(Smb1Header header, Smb1Block in, Transaction request) {
        switch (header.command) {
            case Smb1Command.NEGOTIATE -> connection.negotiation.readSmb1Response(in);
            case Smb1Command.SESSION_SETUP_ANDX -> readSetup(header, in, request);
            default -> {
                if (header.status == SUCCESS) {
                    onSuccess(header, in, request);
                }
            }
        }
    }

    private void readSetup(Smb1Header header, Smb1Block in, Transaction request) {
        request.sessionId = header.sessionId;
        Login login = request.login;
        if (login == null || in.wordCount < 3) {
            return;
        }
        in.words.skip(2); // Action
        if (in.wordCount == EXTENDED_SETUP) {
            in.bytes.slice(Math.min(in.words.u16le(), in.bytes.remaining()), token); // SecurityBlob
            login.answer(token);
        }
        in.text(login.serverOs);
        in.text(login.serverManager);
        login.systems();
        connection.loggedIn(header, login);
    }

    private void onSuccess(Smb1Header header, Smb1Block in, Transaction request) {
        switch (header.command) {
            case Smb1Command.TREE_CONNECT_ANDX -> readTreeConnect(header, in, request);
            case Smb1Command.TREE_DISCONNECT -> connection.trees.remove(request.sessionId, request.treeId);
            case Smb1Command.NT_CREATE_ANDX -> readCreate(in, request);
            case Smb1Command.OPEN_ANDX -> readOpen(in, request);
            case Smb1Command.CLOSE -> connection.files.remove(request.fileHigh, request.fileLow);
            default -> {}
        }
    }

    private void readTreeConnect(Smb1Header header, Smb1Block in, Transaction request) {
        request.treeId = header.treeId;
        in.ascii(request.service);
        boolean pipe = request.service.text().equalsIgnoreCase(PIPE_SERVICE);
        request.shareType = pipe ? Smb2Responses.PIPE : 0;
        NameTable.Entry tree = connection.trees.put(header.sessionId, header.treeId);
        tree.name.set(request.name);
        connection.activity.forget();
        tree.pipe = pipe;
    }

    private void readCreate(Smb1Block in, Transaction request) {
        Cursor words = in.words;
        words.skip(1); // OplockLevel
        int file = words.u16le();
        request.createAction = (int) words.u32le(); // CreateDisposition
        request.created = FileTime.seconds(words.u64le());
        request.accessed = FileTime.seconds(words.u64le());
        request.modified = FileTime.seconds(words.u64le());
        request.changed = FileTime.seconds(words.u64le());
        words.skip(12); // ExtFileAttributes, AllocationSize
        request.size = words.u64le();
        opened(words, file, request);
    }

    private void readOpen(Smb1Block in, Transaction request) {
        int file = in.words.u16le();
        in.words.skip(2); // FileAttrs
        request.modified = in.words.u32le();
        request.size = in.words.u32le();
        opened(in.words, file, request);
    }

    private void opened(Cursor words, int file, Transaction request) {
        if (!words.failed()) {
            request.file(file, Smb1Requests.FILE);
            connection.files.put(file, Smb1Requests.FILE).name.set(request.name);
        }
    }

    private void readCallAnswer(Smb1Header header, Smb1Block in, Transaction request, Session session) {
        if (header.command == Smb1Command.WRITE_ANDX) {
            if (header.status != SUCCESS || request.call.isOneWay()) {
                request.answer(header);
                connection.complete(request, session);
            }
            return; // what the pipe answers is read later
        }
        in.words.skip(12); // up to and with ParameterDisplacement
        int count = in.words.u16le();
        in.part(in.words.u16le(), count, bytes);
        connection.pipes.onAnswer(header, request, bytes, session);
    }

    private void readRead(Smb1Header header, Smb1Block in, Session session) {
        if (!connection.reads.take(header.messageId)) {
            return;
        }
        if (header.dosError || (header.status != SUCCESS && header.status != BUFFER_OVERFLOW)) {
            return;
        }
        long high = connection.reads.high;
        long at = connection.reads.offset;
        in.words.skip(6); // Available, DataCompactionMode, Reserved1
        long length = in.words.u16le();
        int offset = in.words.u16le();
        length |= (long) in.words.u16le() << 16;
        if (in.words.failed() || length == 0) {
            return;
        }
        in.part(offset, length, bytes);
        NameTable.Entry tree = connection.trees.find(header.sessionId, header.treeId);
        if (tree != null && !tree.pipe) {
            Transaction file =
                    connection.transfers.fileOf(header, Direction.TO_CLIENT, high, Smb1Requests.FILE, session);
            connection.transfers.onPart(file, Direction.TO_CLIENT, part.at(at, length), bytes, session);
        } else {
            connection.pipes.onRead(header.status, high, Smb1Requests.FILE, bytes, session);
        }
    }
}
