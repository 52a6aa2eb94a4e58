// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

/** Names what a server answers (RFC 1813, 2.6; RFC 8881, 15.1). */
public final class NfsStatus {
    public static final int OK = 0;

    private NfsStatus() {}

    /** The name without its prefix. */
    public static String name(int status) {
        return status < 10_000 ? common(status) : later(status);
    }

    private static String common(int status) {
        return switch (status) {
            case OK -> "OK";
            case 1 -> "ERR_PERM";
            case 2 -> "ERR_NOENT";
            case 5 -> "ERR_IO";
            case 6 -> "ERR_NXIO";
            case 13 -> "ERR_ACCES";
            case 17 -> "ERR_EXIST";
            case 18 -> "ERR_XDEV";
            case 19 -> "ERR_NODEV";
            case 20 -> "ERR_NOTDIR";
            case 21 -> "ERR_ISDIR";
            case 22 -> "ERR_INVAL";
            case 27 -> "ERR_FBIG";
            case 28 -> "ERR_NOSPC";
            case 30 -> "ERR_ROFS";
            case 31 -> "ERR_MLINK";
            case 63 -> "ERR_NAMETOOLONG";
            case 66 -> "ERR_NOTEMPTY";
            case 69 -> "ERR_DQUOT";
            case 70 -> "ERR_STALE";
            case 71 -> "ERR_REMOTE";
            default -> "UNKNOWN";
        };
    }

    private static String later(int status) {
        return switch (status) {
            case 10_001 -> "ERR_BADHANDLE";
            case 10_002 -> "ERR_NOT_SYNC";
            case 10_003 -> "ERR_BAD_COOKIE";
            case 10_004 -> "ERR_NOTSUPP";
            case 10_005 -> "ERR_TOOSMALL";
            case 10_006 -> "ERR_SERVERFAULT";
            case 10_007 -> "ERR_BADTYPE";
            case 10_008 -> "ERR_JUKEBOX";
            case 10_012 -> "ERR_LOCKED";
            case 10_013 -> "ERR_GRACE";
            case 10_015 -> "ERR_SHARE_DENIED";
            case 10_016 -> "ERR_WRONGSEC";
            case 10_025 -> "ERR_BAD_STATEID";
            case 10_038 -> "ERR_OPENMODE";
            case 10_046 -> "ERR_FILE_OPEN";
            default -> "UNKNOWN";
        };
    }
}
