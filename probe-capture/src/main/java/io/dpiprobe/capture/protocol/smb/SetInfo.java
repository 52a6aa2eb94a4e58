// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Session;
import org.jspecify.annotations.Nullable;

/** Reads what is set of a file ([MS-FSCC], 2.4) where it is shown: a new name, and deletion when it is closed. */
final class SetInfo {
    /** FileRenameInformation. */
    static final int RENAME = 10;
    /** FileDispositionInformation: a boolean. */
    static final int DISPOSITION = 13;
    /** FileDispositionInformationEx: flags, the lowest of which is FILE_DISPOSITION_DELETE. */
    static final int DISPOSITION_EX = 64;
    /** FileRenameInformationEx. */
    static final int RENAME_EX = 65;

    private final Connection connection;
    private final Cursor in = new Cursor();
    private final Slice target = new Slice();

    SetInfo(Connection connection) {
        this.connection = connection;
    }

    /** Opens a transaction if the class is shown; the file's name is the caller's to fill in. */
    @Nullable
    Transaction read(int infoClass, MessageHeader header, Slice data, Session session) {
        return switch (infoClass) {
            case DISPOSITION, DISPOSITION_EX ->
                data.isEmpty() || (data.u8(0) & 1) == 0
                        ? null
                        : connection.begin(Transaction.Kind.DELETE_ON_CLOSE, header, session);
            case RENAME, RENAME_EX -> readRename(header, data, session);
            default -> null;
        };
    }

    private Transaction readRename(MessageHeader header, Slice data, Session session) {
        Transaction renamed = connection.begin(Transaction.Kind.RENAME, header, session);
        in.wrap(data);
        boolean smb1 = (header.command & Smb1Command.FAMILY) != 0;
        in.skip(smb1 ? 8 : 16); // ReplaceIfExists or Flags, Reserved, RootDirectory of 4 or 8 bytes
        in.slice((int) Math.min(in.u32le(), in.remaining()), target);
        renamed.other.setUtf16(target);
        return renamed;
    }
}
