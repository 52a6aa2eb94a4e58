// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.protocol.dcerpc.Call;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import org.jspecify.annotations.Nullable;

/** Remembers one request until its response, or one file until it is closed. Reused. */
final class Transaction {
    /** What became of a file that was opened: CreateAction of [MS-SMB2], 2.2.14. */
    static final int SUPERSEDED = 0;

    static final int OPENED = 1;
    static final int CREATED = 2;
    static final int OVERWRITTEN = 3;

    /** What the request is about, which decides what its event shows. */
    enum Kind {
        GENERIC,
        NEGOTIATE,
        SESSION_SETUP,
        TREE_CONNECT,
        CREATE,
        IOCTL,
        FILE,
        PATH,
        RPC,
        DELETE_ON_CLOSE,
        RENAME
    }

    final WireString name = new WireString();
    final WireString other = new WireString();
    final WireString service = new WireString();
    final Call call = new Call();
    final FileContent content = new FileContent();

    @Nullable
    Login login;

    Kind kind = Kind.GENERIC;
    long id;
    int command;
    long messageId;
    long sessionId;
    long treeId;
    boolean hasStatus;
    boolean dosError;
    int status;
    long fileHigh;
    long fileLow;
    long disposition;
    boolean directory;
    boolean deleteOnClose;
    boolean hasFile;
    int shareType;
    int createAction;
    int function;
    long created;
    long accessed;
    long modified;
    long changed;
    long size;

    Transaction begin(Kind as, long number, MessageHeader header) {
        kind = as;
        id = number;
        command = header.command;
        messageId = header.messageId;
        sessionId = header.sessionId;
        treeId = header.treeId;
        hasStatus = false;
        dosError = false;
        login = null;
        hasFile = false;
        shareType = 0;
        createAction = OPENED;
        directory = false;
        deleteOnClose = false;
        created = 0;
        accessed = 0;
        modified = 0;
        changed = 0;
        size = 0;
        name.clear();
        other.clear();
        service.clear();
        return this;
    }

    void file(long high, long low) {
        hasFile = true;
        fileHigh = high;
        fileLow = low;
    }

    boolean isFile(long high, long low) {
        return fileHigh == high && fileLow == low;
    }

    /** True if this opens, renames or deletes a file. */
    boolean isAboutFile() {
        return kind == Kind.CREATE || kind == Kind.RENAME || kind == Kind.DELETE_ON_CLOSE || kind == Kind.PATH;
    }

    /** What tells pipes apart for {@link io.dpiprobe.capture.protocol.dcerpc.Conversation}. */
    static long pipe(long high, long low) {
        return high * 31 + low;
    }

    long pipe() {
        return pipe(fileHigh, fileLow);
    }

    void answer(int code) {
        hasStatus = true;
        status = code;
    }

    void answer(MessageHeader header) {
        answer(header.status);
        dosError = header.dosError;
    }

    /** True if this is of SMB1. */
    boolean isSmb1() {
        return (command & Smb1Command.FAMILY) != 0;
    }
}
