// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tftp;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Dissector;
import io.dpiprobe.capture.protocol.Expectation;
import io.dpiprobe.capture.protocol.Session;
import io.dpiprobe.capture.protocol.Verdict;
import io.dpiprobe.capture.protocol.file.FileCarrier;
import io.dpiprobe.capture.protocol.file.FileTracker;
import io.dpiprobe.capture.protocol.file.FileTracker.End;
import io.dpiprobe.capture.protocol.text.ByteStore;

/** Reads TFTP (RFC 1350): an event per request, and on the connection it announces the file, block by block. */
final class TftpDissector implements Dissector, FileCarrier {
    static final int READ_REQUEST = 1;
    static final int WRITE_REQUEST = 2;

    private static final int DATA = 3;
    private static final int OPTION_ACK = 6;
    /** Unless the server acknowledges another (RFC 2348). */
    private static final int BLOCK_BYTES = 512;
    /** Largest block (RFC 2348). */
    @Bound(of = "a block", then = "the option is not believed", unit = Bound.Unit.BYTES)
    private static final int MAX_BLOCK_BYTES = 65464;

    private final FileTracker toServer = new FileTracker(Direction.TO_SERVER);
    private final FileTracker toClient = new FileTracker(Direction.TO_CLIENT);
    private final ByteStore name = new ByteStore(1, Expectation.MAX_NOTE_BYTES);
    private final Slice file = new Slice();
    private final Slice mode = new Slice();
    private int opcode;
    private boolean expected;
    private int blockBytes = BLOCK_BYTES;
    private int lastBlock;
    private boolean complete;

    @Override
    public void onExpected(Expectation expectation) {
        expected = true;
        opcode = expectation.kind();
        expectation.readNote(file);
        boolean unused = name.add(file);
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        int code = in.u16();
        if (code == READ_REQUEST || code == WRITE_REQUEST) {
            opcode = code;
            return onRequest(in, session);
        }
        if (expected && code == OPTION_ACK) {
            readOptions(in);
        } else if (expected && code == DATA) {
            onBlock(from, in, session);
        }
        return Verdict.OK;
    }

    @Override
    public void onEnd(Session session) {
        End end = complete ? End.COMPLETE : End.CUT_SHORT;
        toServer.close(end, this, session);
        toClient.close(end, this, session);
    }

    @Override
    public void reset() {
        name.clear();
        opcode = 0;
        expected = false;
        blockBytes = BLOCK_BYTES;
        lastBlock = 0;
        complete = false;
    }

    @Override
    public String protocol() {
        return TftpProtocol.TFTP.name();
    }

    @Override
    public long transaction() {
        return 0;
    }

    @Override
    public void write(JsonWriter json) {
        json.beginObject("tftp").ascii("packet", opcode == READ_REQUEST ? "read" : "write");
        json.wire("file", name.get(0, file)).endObject();
    }

    private Verdict onRequest(Cursor in, Session session) {
        string(in, file);
        string(in, mode);
        in.require(!in.failed() && !file.isEmpty());
        if (in.failed()) {
            return Verdict.INVALID;
        }
        session.nextTransaction();
        JsonWriter json = session.begin(EventType.TFTP, Direction.TO_SERVER).beginObject("tftp");
        json.ascii("packet", opcode == READ_REQUEST ? "read" : "write").wire("file", file);
        json.wire("mode", mode).endObject();
        session.end();
        session.expect(protocol(), Direction.TO_SERVER, session.flow().clientPort())
                .kind(opcode)
                .note(file);
        return Verdict.OK;
    }

    /** Blocks come in order; a repeated one is passed over, after a missing one the rest is not followed. */
    private void onBlock(Direction from, Cursor in, Session session) {
        int block = in.u16();
        if (in.failed() || complete || block != ((lastBlock + 1) & 0xffff)) {
            return;
        }
        lastBlock = block;
        FileTracker tracker = from == Direction.TO_SERVER ? toServer : toClient;
        if (!tracker.isOpen()) {
            tracker.open(name.get(0, file), session);
        }
        int length = in.remaining();
        in.slice(length, file);
        tracker.onContent(file);
        if (length < blockBytes) {
            complete = true;
            tracker.close(End.COMPLETE, this, session);
        }
    }

    /** Pairs of name and value; of interest is {@code blksize} alone. */
    private void readOptions(Cursor in) {
        while (in.hasRemaining()) {
            string(in, file);
            string(in, mode);
            int size = 0;
            for (int i = 0; i < mode.length() && size <= MAX_BLOCK_BYTES; i++) {
                size = size * 10 + mode.u8(i) - '0';
            }
            if (file.equalsIgnoreCase("blksize") && size > 0 && size <= MAX_BLOCK_BYTES) {
                blockBytes = size;
            }
        }
    }

    private static void string(Cursor in, Slice into) {
        int length = in.indexOf((byte) 0, in.remaining());
        in.require(length >= 0);
        in.slice(Math.max(0, length), into);
        in.skip(1);
    }
}
