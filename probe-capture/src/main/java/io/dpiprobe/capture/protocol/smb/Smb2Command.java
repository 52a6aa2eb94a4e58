// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

/** Names the commands of SMB2 ([MS-SMB2], 2.2.1.2) as EVE writes them. */
final class Smb2Command {
    static final int NEGOTIATE = 0;
    static final int SESSION_SETUP = 1;
    static final int TREE_CONNECT = 3;
    static final int TREE_DISCONNECT = 4;
    static final int CREATE = 5;
    static final int CLOSE = 6;
    static final int READ = 8;
    static final int WRITE = 9;
    static final int IOCTL = 11;
    static final int CHANGE_NOTIFY = 15;
    static final int GET_INFO = 16;
    static final int SET_INFO = 17;

    private static final String[] NAMES = {
        "SMB2_COMMAND_NEGOTIATE_PROTOCOL",
        "SMB2_COMMAND_SESSION_SETUP",
        "SMB2_COMMAND_SESSION_LOGOFF",
        "SMB2_COMMAND_TREE_CONNECT",
        "SMB2_COMMAND_TREE_DISCONNECT",
        "SMB2_COMMAND_CREATE",
        "SMB2_COMMAND_CLOSE",
        "SMB2_COMMAND_FLUSH",
        "SMB2_COMMAND_READ",
        "SMB2_COMMAND_WRITE",
        "SMB2_COMMAND_LOCK",
        "SMB2_COMMAND_IOCTL",
        "SMB2_COMMAND_CANCEL",
        "SMB2_COMMAND_KEEPALIVE",
        "SMB2_COMMAND_FIND",
        "SMB2_COMMAND_CHANGE_NOTIFY",
        "SMB2_COMMAND_GET_INFO",
        "SMB2_COMMAND_SET_INFO",
        "SMB2_COMMAND_OPLOCK_BREAK"
    };

    private Smb2Command() {}

    static String nameOf(int command) {
        return command < NAMES.length ? NAMES[command] : "UNKNOWN";
    }
}
