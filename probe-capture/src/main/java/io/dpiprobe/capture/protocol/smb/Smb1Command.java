// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import org.jspecify.annotations.Nullable;

/** Names the commands of SMB1 ([MS-CIFS], 2.2.2.1) as EVE writes them. */
final class Smb1Command {
    /** Added to the numbers, to tell them from those of SMB2. */
    static final int FAMILY = 0x1_0000;

    static final int CREATE_DIRECTORY = FAMILY;
    static final int DELETE_DIRECTORY = FAMILY | 0x01;
    static final int CLOSE = FAMILY | 0x04;
    static final int DELETE = FAMILY | 0x06;
    static final int RENAME = FAMILY | 0x07;
    static final int LOCKING_ANDX = FAMILY | 0x24;
    static final int TRANSACTION = FAMILY | 0x25;
    static final int TRANSACTION_SECONDARY = FAMILY | 0x26;
    static final int OPEN_ANDX = FAMILY | 0x2d;
    static final int READ_ANDX = FAMILY | 0x2e;
    static final int WRITE_ANDX = FAMILY | 0x2f;
    static final int TRANSACTION2 = FAMILY | 0x32;
    static final int TREE_DISCONNECT = FAMILY | 0x71;
    static final int NEGOTIATE = FAMILY | 0x72;
    static final int SESSION_SETUP_ANDX = FAMILY | 0x73;
    static final int LOGOFF_ANDX = FAMILY | 0x74;
    static final int TREE_CONNECT_ANDX = FAMILY | 0x75;
    static final int NT_CREATE_ANDX = FAMILY | 0xa2;
    /** Ends a chain of commands. */
    static final int NONE = FAMILY | 0xff;

    private static final String PREFIX = "SMB1_COMMAND_";

    private static final @Nullable String[] NAMES = new String[256];

    static {
        name(0x00, "CREATE_DIRECTORY", "DELETE_DIRECTORY", "OPEN", "CREATE", "CLOSE", "FLUSH", "DELETE", "RENAME");
        name(0x08, "QUERY_INFORMATION", "SET_INFORMATION", "READ", "WRITE", "LOCK_BYTE_RANGE", "UNLOCK_BYTE_RANGE");
        name(0x0e, "CREATE_TEMPORARY", "CREATE_NEW", "CHECK_DIRECTORY", "PROCESS_EXIT", "SEEK", "LOCK_AND_READ");
        name(0x14, "WRITE_AND_UNLOCK");
        name(0x1a, "READ_RAW", "READ_MPX", "READ_MPX_SECONDARY", "WRITE_RAW", "WRITE_MPX", "WRITE_MPX_SECONDARY");
        name(0x20, "WRITE_COMPLETE", "QUERY_SERVER", "SET_INFORMATION2", "QUERY_INFORMATION2", "LOCKING_ANDX");
        name(0x25, "TRANS", "TRANS_SECONDARY", "IOCTL", "IOCTL_SECONDARY", "COPY", "MOVE", "ECHO", "WRITE_AND_CLOSE");
        name(0x2d, "OPEN_ANDX", "READ_ANDX", "WRITE_ANDX", "NEW_FILE_SIZE", "CLOSE_AND_TREE_DISC", "TRANS2");
        name(0x33, "TRANS2_SECONDARY", "FIND_CLOSE2", "FIND_NOTIFY_CLOSE");
        name(0x70, "TREE_CONNECT", "TREE_DISCONNECT", "NEGOTIATE_PROTOCOL", "SESSION_SETUP_ANDX", "LOGOFF_ANDX");
        name(0x75, "TREE_CONNECT_ANDX");
        name(0x7e, "SECURITY_PACKAGE_ANDX");
        name(0x80, "QUERY_INFO_DISK", "SEARCH", "FIND", "FIND_UNIQUE", "FIND_CLOSE");
        name(0xa0, "NT_TRANS", "NT_TRANS_SECONDARY", "NT_CREATE_ANDX");
        name(0xa4, "NT_CANCEL", "NT_RENAME");
        name(0xc0, "OPEN_PRINT_FILE", "WRITE_PRINT_FILE", "CLOSE_PRINT_FILE", "GET_PRINT_QUEUE");
        name(0xd8, "READ_BULK", "WRITE_BULK", "WRITE_BULK_DATA");
    }

    private Smb1Command() {}

    /** True for a command that may be followed by another in the same message. */
    static boolean isChained(int command) {
        return switch (command) {
            case LOCKING_ANDX,
                    OPEN_ANDX,
                    READ_ANDX,
                    WRITE_ANDX,
                    SESSION_SETUP_ANDX,
                    LOGOFF_ANDX,
                    TREE_CONNECT_ANDX,
                    NT_CREATE_ANDX -> true;
            default -> false;
        };
    }

    static String nameOf(int command) {
        String name = NAMES[command & 0xff];
        return name == null ? "UNKNOWN" : name;
    }

    private static void name(int first, String... names) {
        for (int i = 0; i < names.length; i++) {
            NAMES[first + i] = PREFIX + names[i];
        }
    }
}
