// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

/** Names status codes ([MS-ERREF], 2.3.1), dispositions ([MS-SMB2], 2.2.13) and control codes ([MS-FSCC], 2.3). */
final class SmbName {
    static final int FSCTL_PIPE_TRANSCEIVE = 0x0011_c017;

    private static final int FILE_OPEN = 1;
    private static final int FILE_CREATE = 2;
    private static final int FILE_OPEN_IF = 3;
    private static final int FILE_OVERWRITE = 4;
    private static final int FILE_OVERWRITE_IF = 5;

    private static final String[] DISPOSITIONS = {
        "FILE_SUPERSEDE", "FILE_OPEN", "FILE_CREATE", "FILE_OPEN_IF", "FILE_OVERWRITE", "FILE_OVERWRITE_IF"
    };

    private SmbName() {}

    /** Empty for an unknown code. */
    static String status(int code) {
        return switch (code) {
            case 0 -> "STATUS_SUCCESS";
            case 0x103 -> "STATUS_PENDING";
            case 0x10b -> "STATUS_NOTIFY_CLEANUP";
            case 0x10c -> "STATUS_NOTIFY_ENUM_DIR";
            case 0x8000_0005 -> "STATUS_BUFFER_OVERFLOW";
            case 0x8000_0006 -> "STATUS_NO_MORE_FILES";
            case 0x8000_002d -> "STATUS_STOPPED_ON_SYMLINK";
            default -> (code >>> 16) == 0xc000 ? error(code & 0xffff) : "";
        };
    }

    private static String error(int code) {
        return code < 0x60 ? commonError(code) : code < 0x100 ? sessionError(code) : rareError(code);
    }

    private static String commonError(int code) {
        return switch (code) {
            case 0x01 -> "STATUS_UNSUCCESSFUL";
            case 0x02 -> "STATUS_NOT_IMPLEMENTED";
            case 0x03 -> "STATUS_INVALID_INFO_CLASS";
            case 0x04 -> "STATUS_INFO_LENGTH_MISMATCH";
            case 0x08 -> "STATUS_INVALID_HANDLE";
            case 0x0d -> "STATUS_INVALID_PARAMETER";
            case 0x0e -> "STATUS_NO_SUCH_DEVICE";
            case 0x0f -> "STATUS_NO_SUCH_FILE";
            case 0x10 -> "STATUS_INVALID_DEVICE_REQUEST";
            case 0x11 -> "STATUS_END_OF_FILE";
            case 0x16 -> "STATUS_MORE_PROCESSING_REQUIRED";
            case 0x22 -> "STATUS_ACCESS_DENIED";
            case 0x23 -> "STATUS_BUFFER_TOO_SMALL";
            case 0x33 -> "STATUS_OBJECT_NAME_INVALID";
            case 0x34 -> "STATUS_OBJECT_NAME_NOT_FOUND";
            case 0x35 -> "STATUS_OBJECT_NAME_COLLISION";
            case 0x3a -> "STATUS_OBJECT_PATH_NOT_FOUND";
            case 0x43 -> "STATUS_SHARING_VIOLATION";
            case 0x54 -> "STATUS_FILE_LOCK_CONFLICT";
            case 0x55 -> "STATUS_LOCK_NOT_GRANTED";
            case 0x56 -> "STATUS_DELETE_PENDING";
            case 0x5e -> "STATUS_NO_LOGON_SERVERS";
            default -> "";
        };
    }

    private static String sessionError(int code) {
        return switch (code) {
            case 0x64 -> "STATUS_NO_SUCH_USER";
            case 0x6a -> "STATUS_WRONG_PASSWORD";
            case 0x6d -> "STATUS_LOGON_FAILURE";
            case 0x6e -> "STATUS_ACCOUNT_RESTRICTION";
            case 0x6f -> "STATUS_INVALID_LOGON_HOURS";
            case 0x71 -> "STATUS_PASSWORD_EXPIRED";
            case 0x72 -> "STATUS_ACCOUNT_DISABLED";
            case 0x7f -> "STATUS_DISK_FULL";
            case 0x9a -> "STATUS_INSUFFICIENT_RESOURCES";
            case 0xab -> "STATUS_INSTANCE_NOT_AVAILABLE";
            case 0xac -> "STATUS_PIPE_NOT_AVAILABLE";
            case 0xae -> "STATUS_PIPE_BUSY";
            case 0xb0 -> "STATUS_PIPE_DISCONNECTED";
            case 0xb1 -> "STATUS_PIPE_CLOSING";
            case 0xb5 -> "STATUS_IO_TIMEOUT";
            case 0xba -> "STATUS_FILE_IS_A_DIRECTORY";
            case 0xbb -> "STATUS_NOT_SUPPORTED";
            case 0xc9 -> "STATUS_NETWORK_NAME_DELETED";
            case 0xca -> "STATUS_NETWORK_ACCESS_DENIED";
            case 0xcc -> "STATUS_BAD_NETWORK_NAME";
            case 0xd0 -> "STATUS_REQUEST_NOT_ACCEPTED";
            default -> "";
        };
    }

    private static String rareError(int code) {
        return switch (code) {
            case 0x101 -> "STATUS_DIRECTORY_NOT_EMPTY";
            case 0x103 -> "STATUS_NOT_A_DIRECTORY";
            case 0x120 -> "STATUS_CANCELLED";
            case 0x121 -> "STATUS_CANNOT_DELETE";
            case 0x128 -> "STATUS_FILE_CLOSED";
            case 0x14b -> "STATUS_PIPE_BROKEN";
            case 0x15b -> "STATUS_LOGON_TYPE_NOT_GRANTED";
            case 0x193 -> "STATUS_ACCOUNT_EXPIRED";
            case 0x19c -> "STATUS_FS_DRIVER_REQUIRED";
            case 0x205 -> "STATUS_INSUFF_SERVER_RESOURCES";
            case 0x203 -> "STATUS_USER_SESSION_DELETED";
            case 0x224 -> "STATUS_PASSWORD_MUST_CHANGE";
            case 0x225 -> "STATUS_NOT_FOUND";
            case 0x234 -> "STATUS_ACCOUNT_LOCKED_OUT";
            case 0x257 -> "STATUS_PATH_NOT_COVERED";
            case 0x275 -> "STATUS_NOT_A_REPARSE_POINT";
            case 0x35c -> "STATUS_NETWORK_SESSION_EXPIRED";
            default -> "";
        };
    }

    /** What an OpenMode of [MS-CIFS], 2.2.4.41.1 would be called today. */
    static int dispositionOfOpenMode(int mode) {
        boolean create = (mode & 0x10) != 0;
        return switch (mode & 3) {
            case 1 -> create ? FILE_OPEN_IF : FILE_OPEN;
            case 2 -> create ? FILE_OVERWRITE_IF : FILE_OVERWRITE;
            default -> FILE_CREATE;
        };
    }

    static String disposition(long code) {
        return code < DISPOSITIONS.length ? DISPOSITIONS[(int) code] : "UNKNOWN";
    }

    /** Empty for an unknown code. */
    static String function(int code) {
        return switch (code) {
            case 0x0006_0194 -> "FSCTL_DFS_GET_REFERRALS";
            case 0x0006_01b0 -> "FSCTL_DFS_GET_REFERRALS_EX";
            case 0x0009_009c -> "FSCTL_GET_OBJECT_ID";
            case 0x0009_00a4 -> "FSCTL_SET_REPARSE_POINT";
            case 0x0009_00a8 -> "FSCTL_GET_REPARSE_POINT";
            case 0x0009_00c0 -> "FSCTL_CREATE_OR_GET_OBJECT_ID";
            case 0x0009_00c4 -> "FSCTL_SET_SPARSE";
            case 0x0009_40cf -> "FSCTL_QUERY_ALLOCATED_RANGES";
            case 0x0009_80c8 -> "FSCTL_SET_ZERO_DATA";
            case 0x0009_8208 -> "FSCTL_FILE_LEVEL_TRIM";
            case 0x0009_8344 -> "FSCTL_DUPLICATE_EXTENTS_TO_FILE";
            case 0x0011_0018 -> "FSCTL_PIPE_WAIT";
            case 0x0011_400c -> "FSCTL_PIPE_PEEK";
            case FSCTL_PIPE_TRANSCEIVE -> "FSCTL_PIPE_TRANSCEIVE";
            case 0x0014_0078 -> "FSCTL_SRV_REQUEST_RESUME_KEY";
            case 0x0014_0204 -> "FSCTL_VALIDATE_NEGOTIATE_INFO";
            case 0x0014_01d4 -> "FSCTL_LMR_REQUEST_RESILIENCY";
            case 0x0014_01fc -> "FSCTL_QUERY_NETWORK_INTERFACE_INFO";
            case 0x0014_4064 -> "FSCTL_SRV_ENUMERATE_SNAPSHOTS";
            case 0x0014_40f2 -> "FSCTL_SRV_COPYCHUNK";
            case 0x0014_41bb -> "FSCTL_SRV_READ_HASH";
            case 0x0014_80f2 -> "FSCTL_SRV_COPYCHUNK_WRITE";
            default -> "";
        };
    }
}
