// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads the head of a call (RFC 5531, 9). */
public final class RpcCall {
    /** The type of a message that is a call. */
    public static final int CALL = 0;

    static final int RPC_VERSION = 2;
    /** Transaction, type, versions, program, procedure, and empty credentials and verifier. */
    static final int MIN_LENGTH = 40;
    /** RFC 5531, 8.2. */
    private static final int MAX_CREDENTIALS = 400;

    private final Slice credentials = new Slice();
    private final Cursor inside = new Cursor();

    private int xid;
    private int program;
    private int version;
    private int procedure;

    /** Reads what is behind the transaction's number and the type. */
    public void read(int xid, Cursor in, Caller caller) {
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

    public int xid() {
        return xid;
    }

    public int program() {
        return program;
    }

    public int version() {
        return version;
    }

    public int procedure() {
        return procedure;
    }
}
