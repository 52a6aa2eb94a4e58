// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads the head of a call (RFC 5531, 9). */
final class RpcCall {
    static final int CALL = 0;
    static final int RPC_VERSION = 2;
    /** Transaction, type, versions, program, procedure, and empty credentials and verifier. */
    static final int MIN_LENGTH = 40;

    private static final int NFS = 100_003;
    private static final int COMPOUND = 1;
    /** Access lists, which travel beside NFS. */
    static final int NFS_ACL = 100_227;
    /** RFC 5531, 8.2. */
    private static final int MAX_CREDENTIALS = 400;

    int xid;
    int program;
    int version;
    int procedure;

    private final Slice credentials = new Slice();
    private final Cursor inside = new Cursor();

    static boolean isNfs(int program) {
        return program == NFS || program == NFS_ACL;
    }

    static boolean isNfsVersion(int version) {
        return version >= 2 && version <= 4;
    }

    /** True for a call of version 4 that consists of operations. */
    boolean isCompound() {
        return program == NFS && version == 4 && procedure == COMPOUND;
    }

    /** Behind the transaction's number and the type. */
    void read(int xid, Cursor in, Caller caller) {
        this.xid = xid;
        in.require(in.i32() == RPC_VERSION);
        program = in.i32();
        version = in.i32();
        procedure = in.i32();
        int flavor = in.i32();
        Xdr.opaque(in, MAX_CREDENTIALS, credentials);
        in.skip(Integer.BYTES);
        Xdr.skipOpaque(in); // verifier
        if (!in.failed()) {
            caller.read(flavor, inside.wrap(credentials));
        }
    }
}
