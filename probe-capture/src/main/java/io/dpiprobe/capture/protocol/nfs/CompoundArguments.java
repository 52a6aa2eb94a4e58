// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.oncrpc.Xdr;

/**
 * Reads the operations that version 4 puts into one call (RFC 8881, 16.2 and 18), up to the first that is not known
 * here or carries the bytes of a file. The call is taken for the operation that matters most in it.
 */
final class CompoundArguments {
    private static final int SEQUENCE_BYTES = 32;

    @Bound(
            of = "a name of NFS 4",
            then = "the call is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    private static final int MAX_NAME = 4096;

    private static final int FILE_SYNC = 2;
    private static final int BLOCK_DEVICE = 3;
    private static final int CHARACTER_DEVICE = 4;
    private static final int SYMBOLIC_LINK = 5;
    private static final int OPEN_CREATE = 1;
    private static final int CREATE_EXCLUSIVE = 2;
    private static final int CREATE_EXCLUSIVE_1 = 3;
    private static final int CLAIM_NULL = 0;

    private final Slice bytes = new Slice();

    void read(Call call, Cursor in) {
        Xdr.skipOpaque(in); // tag
        in.skip(Integer.BYTES); // minor version
        int count = Math.min(in.i32(), Operation.MAX_OPERATIONS);
        for (int i = 0; i < count && !in.failed(); i++) {
            if (!read(in.i32(), call, in)) {
                return;
            }
        }
    }

    /** False if nothing behind this operation can be read. */
    private boolean read(int operation, Call call, Cursor in) {
        switch (operation) {
            case Operation.SEQUENCE -> in.skip(SEQUENCE_BYTES);
            case Operation.PUTFH -> {
                Xdr.opaque(in, HandleDigest.MAX_HANDLE, bytes);
                if (!in.failed() && !call.hasHandle) {
                    call.handle(bytes);
                }
                call.target = in.failed() ? 0 : call.hash(bytes);
            }
            case Operation.PUTROOTFH, Operation.PUTPUBFH, Operation.GETFH, Operation.LOOKUPP -> {}
            case Operation.SAVEFH, Operation.RESTOREFH -> {}
            case Operation.ACCESS -> in.skip(Integer.BYTES);
            case Operation.GETATTR -> Xdr.skipNumbers(in);
            case Operation.CLOSE -> in.skip(Integer.BYTES + Operation.STATE_ID);
            default -> {
                return readMain(operation, call, in);
            }
        }
        return true;
    }

    private boolean readMain(int operation, Call call, Cursor in) {
        switch (operation) {
            case Operation.LOOKUP -> readNamed(Procedure.LOOKUP, call, in);
            case Operation.REMOVE -> readNamed(Procedure.REMOVE, call, in);
            case Operation.LINK -> readNamed(Procedure.LINK, call, in);
            case Operation.RENAME -> {
                readNamed(Procedure.RENAME, call, in);
                readName(in, call.newName);
            }
            case Operation.CREATE -> readCreate(call, in);
            case Operation.OPEN -> readOpen(call, in);
            case Operation.COMMIT -> {
                call.procedure = Procedure.COMMIT;
                in.skip(Long.BYTES + Integer.BYTES);
            }
            case Operation.READ -> {
                call.procedure = Procedure.READ;
                in.skip(Operation.STATE_ID);
                call.offset = in.u64();
                call.count = in.u32();
            }
            default -> {
                if (operation == Operation.WRITE) {
                    readWrite(call, in);
                }
                return false;
            }
        }
        return true;
    }

    private void readWrite(Call call, Cursor in) {
        call.procedure = Procedure.WRITE;
        in.skip(Operation.STATE_ID);
        call.offset = in.u64();
        call.synchronous = in.i32() == FILE_SYNC;
        call.count = in.u32();
    }

    private void readCreate(Call call, Cursor in) {
        int type = in.i32();
        if (type == SYMBOLIC_LINK) {
            Xdr.skipOpaque(in);
        } else if (type == BLOCK_DEVICE || type == CHARACTER_DEVICE) {
            in.skip(Long.BYTES);
        }
        readNamed(Procedure.CREATE, call, in);
        skipAttributes(in);
    }

    /** RFC 8881, 18.16.1. */
    private void readOpen(Call call, Cursor in) {
        in.skip(3 * Integer.BYTES + Long.BYTES); // sequence, access, deny, client
        Xdr.skipOpaque(in); // owner
        if (in.i32() == OPEN_CREATE) {
            int mode = in.i32();
            if (mode == CREATE_EXCLUSIVE || mode == CREATE_EXCLUSIVE_1) {
                in.skip(Operation.VERIFIER);
            }
            if (mode != CREATE_EXCLUSIVE) {
                skipAttributes(in);
            }
        }
        if (in.i32() == CLAIM_NULL) {
            readNamed(Procedure.OPEN, call, in);
        } else {
            in.require(false);
        }
    }

    private void readNamed(Procedure procedure, Call call, Cursor in) {
        call.procedure = procedure;
        readName(in, call.name);
    }

    private void readName(Cursor in, WireString into) {
        Xdr.opaque(in, MAX_NAME, bytes);
        if (!in.failed()) {
            into.set(bytes);
        }
    }

    private static void skipAttributes(Cursor in) {
        Xdr.skipNumbers(in);
        Xdr.skipOpaque(in);
    }
}
