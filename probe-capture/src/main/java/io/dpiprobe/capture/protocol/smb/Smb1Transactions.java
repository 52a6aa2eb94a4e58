// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import org.jspecify.annotations.Nullable;

/** Reads the requests inside SMB1 transactions: calls through pipes, and what is set of files ([MS-CIFS], 2.2.5, 2.2.6). */
final class Smb1Transactions {
    private static final int TRANSACT_NMPIPE = 0x26;
    private static final int WRITE_NMPIPE = 0x37;
    private static final int SET_PATH_INFORMATION = 0x06;
    private static final int SET_FILE_INFORMATION = 0x08;
    private static final int SET_FILE_DISPOSITION = 0x0102;
    /** Levels from here on are classes of [MS-FSCC], 2.4 ([MS-SMB], 2.2.2.3.5). */
    private static final int PASS_THROUGH = 1000;

    private final Connection connection;
    private final Cursor parameters = new Cursor();
    private final Slice data = new Slice();
    private final Slice view = new Slice();

    Smb1Transactions(Connection connection) {
        this.connection = connection;
    }

    void readRequest(Smb1Header header, Smb1Block in, Session session) {
        in.words.skip(18); // up to and with Reserved2
        int parameterCount = in.words.u16le();
        parameters.wrap(in.part(in.words.u16le(), parameterCount, view));
        int dataCount = in.words.u16le();
        in.part(in.words.u16le(), dataCount, data);
        in.words.skip(2); // SetupCount, Reserved3
        int function = in.words.u16le();
        if (in.words.failed()) {
            return;
        }
        if (header.command == Smb1Command.TRANSACTION) {
            if (function == TRANSACT_NMPIPE || function == WRITE_NMPIPE) {
                connection.pipes.onWritten(header, in.words.u16le(), Smb1Requests.FILE, data, session);
            }
        } else if (function == SET_PATH_INFORMATION) {
            readSetPath(header, session);
        } else if (function == SET_FILE_INFORMATION) {
            readSetFile(header, session);
        }
    }

    private void readSetPath(Smb1Header header, Session session) {
        int level = parameters.u16le();
        parameters.skip(4); // Reserved
        parameters.slice(parameters.remaining(), view);
        Transaction opened = readSet(header, level, session);
        if (opened != null) {
            opened.name.setUtf16(view);
        }
    }

    private void readSetFile(Smb1Header header, Session session) {
        int file = parameters.u16le();
        Transaction opened = readSet(header, parameters.u16le(), session);
        if (opened != null) {
            connection.name(opened, file, Smb1Requests.FILE);
        }
    }

    private @Nullable Transaction readSet(Smb1Header header, int level, Session session) {
        boolean disposition = level == SET_FILE_DISPOSITION || level == PASS_THROUGH + SetInfo.DISPOSITION;
        return connection.setInfo.read(disposition ? SetInfo.DISPOSITION : level - PASS_THROUGH, header, data, session);
    }
}
