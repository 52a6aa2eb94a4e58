// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ftp;

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

/** Follows a data connection of FTP: one file or listing, whichever way it goes. */
final class FtpDataDissector implements Dissector, FileCarrier {
    private final FileTracker toServer = new FileTracker(Direction.TO_SERVER);
    private final FileTracker toClient = new FileTracker(Direction.TO_CLIENT);
    private final ByteStore name = new ByteStore(1, Expectation.MAX_NOTE_BYTES);
    private final Slice piece = new Slice();
    private FtpCommand command = FtpCommand.OTHER;

    @Override
    public void onExpected(Expectation expectation) {
        command = FtpCommand.at(expectation.kind());
        expectation.readNote(piece);
        if (!piece.isEmpty()) {
            name.add(piece);
        }
    }

    @Override
    public Verdict onData(Direction from, Cursor in, Session session) {
        FileTracker file = file(from, session);
        in.slice(in.remaining(), piece);
        file.onContent(piece);
        return in.verdict();
    }

    @Override
    public Verdict onGap(Direction from, long bytes, Session session) {
        file(from, session).onLost(bytes);
        return Verdict.OK;
    }

    @Override
    public void onEnd(Session session) {
        JsonWriter json = session.begin(EventType.FTP_DATA, Direction.TO_SERVER);
        write(json);
        session.end();
        toServer.close(End.COMPLETE, this, session);
        toClient.close(End.COMPLETE, this, session);
        session.nextTransaction();
    }

    @Override
    public void reset() {
        command = FtpCommand.OTHER;
        name.clear();
    }

    @Override
    public String protocol() {
        return FtpProtocol.DATA.name();
    }

    @Override
    public long transaction() {
        return 0;
    }

    @Override
    public void write(JsonWriter json) {
        json.beginObject("ftp_data");
        if (!name.isEmpty()) {
            json.wire("filename", name.get(0, piece));
        }
        json.ascii("command", command.name()).endObject();
    }

    private FileTracker file(Direction from, Session session) {
        FileTracker file = from == Direction.TO_SERVER ? toServer : toClient;
        if (!file.isOpen() && command.isFile()) {
            if (name.isEmpty()) {
                piece.clear();
            } else {
                name.get(0, piece);
            }
            file.open(piece, session);
        }
        return file;
    }
}
