// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.protocol.oncrpc.Program;
import io.dpiprobe.capture.protocol.oncrpc.RpcCall;

/** Names the procedures of versions 2 and 3, and those operations of version 4 that are followed. */
enum Procedure {
    UNKNOWN,
    NULL,
    GETATTR,
    SETATTR,
    ROOT,
    LOOKUP,
    ACCESS,
    READLINK,
    READ,
    WRITECACHE,
    WRITE,
    CREATE,
    MKDIR,
    SYMLINK,
    MKNOD,
    REMOVE,
    RMDIR,
    RENAME,
    LINK,
    READDIR,
    READDIRPLUS,
    STATFS,
    FSSTAT,
    FSINFO,
    PATHCONF,
    COMMIT,
    OPEN,
    GETACL,
    SETACL;

    private static final int COMPOUND = 1;
    /** RFC 1094, 2.2. */
    private static final Procedure[] VERSION_2 = {
        NULL,
        GETATTR,
        SETATTR,
        ROOT,
        LOOKUP,
        READLINK,
        READ,
        WRITECACHE,
        WRITE,
        CREATE,
        REMOVE,
        RENAME,
        LINK,
        SYMLINK,
        MKDIR,
        RMDIR,
        READDIR,
        STATFS
    };
    /** RFC 1813, 3.3. */
    private static final Procedure[] VERSION_3 = {
        NULL,
        GETATTR,
        SETATTR,
        LOOKUP,
        ACCESS,
        READLINK,
        READ,
        WRITE,
        CREATE,
        MKDIR,
        SYMLINK,
        MKNOD,
        REMOVE,
        RMDIR,
        RENAME,
        LINK,
        READDIR,
        READDIRPLUS,
        FSSTAT,
        FSINFO,
        PATHCONF,
        COMMIT
    };

    private static final Procedure[] ACCESS_LISTS = {NULL, GETACL, SETACL};

    static Procedure of(RpcCall call) {
        if (isCompound(call)) {
            return UNKNOWN;
        }
        Procedure[] table =
                call.program() == Program.NFS_ACL.number() ? ACCESS_LISTS : call.version() == 2 ? VERSION_2 : VERSION_3;
        return call.procedure() >= 0 && call.procedure() < table.length ? table[call.procedure()] : UNKNOWN;
    }

    /** True for a call of version 4 that consists of operations. */
    static boolean isCompound(RpcCall call) {
        return call.program() == Program.NFS.number() && call.version() == 4 && call.procedure() == COMPOUND;
    }

    /** True if it says so little, and comes so often, that it is only counted. */
    boolean isOnlyCounted() {
        return this == GETATTR || this == GETACL || this == UNKNOWN;
    }

    /** True if it is about the content of what its handle stands for. */
    boolean isAboutContent() {
        return isTransfer() || this == ACCESS || this == COMMIT || this == READDIRPLUS;
    }

    /** True if it carries a part of a file. */
    boolean isTransfer() {
        return this == READ || this == WRITE;
    }
}
