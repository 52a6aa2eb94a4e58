// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.oncrpc.Xdr;

/** Reads what the operations of a compound answer (RFC 8881, 18), up to the bytes of a file or what is not known. */
final class CompoundResults {
    private static final int SEQUENCE_BYTES = 36;
    /** Atomicity, and a directory's state before and after. */
    private static final int CHANGE_BYTES = 20;

    private static final int NO_DELEGATION = 0;
    private static final int READ_DELEGATION = 1;
    private static final int NO_DELEGATION_BECAUSE = 3;
    private static final int CONTENTION = 1;
    private static final int RESOURCE = 2;

    void read(Call call, Cursor in, Results results) {
        results.begin(in.i32());
        Xdr.skipOpaque(in); // tag
        int count = Math.min(in.i32(), Operation.MAX_OPERATIONS);
        for (int i = 0; i < count && !in.failed() && results.count == 0; i++) {
            int operation = in.i32();
            if (in.i32() != NfsStatus.OK || !read(operation, call, in, results)) {
                return;
            }
        }
    }

    /** False if nothing behind this result can be read. */
    private static boolean read(int operation, Call call, Cursor in, Results results) {
        switch (operation) {
            case Operation.SEQUENCE -> in.skip(SEQUENCE_BYTES);
            case Operation.PUTFH, Operation.PUTROOTFH, Operation.PUTPUBFH, Operation.SAVEFH, Operation.RESTOREFH -> {}
            case Operation.LOOKUP, Operation.LOOKUPP -> {}
            case Operation.ACCESS -> in.skip(2 * Integer.BYTES);
            case Operation.GETATTR -> {
                Xdr.skipNumbers(in);
                Xdr.skipOpaque(in);
            }
            case Operation.GETFH -> results.readHandle(in);
            case Operation.CLOSE -> in.skip(Operation.STATE_ID);
            case Operation.COMMIT -> in.skip(Operation.VERIFIER);
            case Operation.REMOVE, Operation.LINK -> in.skip(CHANGE_BYTES);
            case Operation.RENAME -> in.skip(2 * CHANGE_BYTES);
            case Operation.CREATE -> {
                in.skip(CHANGE_BYTES);
                Xdr.skipNumbers(in);
            }
            case Operation.OPEN -> readOpen(in);
            case Operation.READ -> {
                results.last = in.i32() != 0;
                results.count = in.u32();
                return false;
            }
            default -> {
                results.last = operation == Operation.WRITE && call.synchronous;
                return false;
            }
        }
        return true;
    }

    /** RFC 8881, 18.16.2: state, change, flags, attributes, and perhaps a delegation. */
    private static void readOpen(Cursor in) {
        in.skip(Operation.STATE_ID + CHANGE_BYTES + Integer.BYTES);
        Xdr.skipNumbers(in);
        int delegation = in.i32();
        if (delegation == NO_DELEGATION_BECAUSE) {
            int reason = in.i32();
            if (reason == CONTENTION || reason == RESOURCE) {
                in.skip(Integer.BYTES);
            }
        } else if (delegation != NO_DELEGATION) {
            in.skip(Operation.STATE_ID + Integer.BYTES);
            if (delegation != READ_DELEGATION) {
                in.skip(Integer.BYTES + Long.BYTES); // a limit of space
            }
            in.skip(3 * Integer.BYTES);
            Xdr.skipOpaque(in); // who
        }
    }
}
