// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import io.dpiprobe.capture.protocol.Cursor;

/** Reads the head of a reply (RFC 5531, 9). */
public final class RpcReply {
    /** The type of a message that is a reply. */
    public static final int REPLY = 1;

    private static final int ACCEPTED = 0;
    private static final int SUCCESS = 0;
    private static final int RPC_MISMATCH = 0;

    private boolean accepted;
    private int state;

    /** Reads what is behind the transaction's number and the type, up to the results. */
    public void read(Cursor in) {
        accepted = in.i32() == ACCEPTED;
        if (accepted) {
            in.skip(Integer.BYTES);
            Xdr.skipOpaque(in); // verifier
        }
        state = in.i32();
    }

    /** True if the call was done, and its results follow. */
    public boolean isSuccess() {
        return accepted && state == SUCCESS;
    }

    /** Whether the server listened at all, as EVE has it. */
    public String acceptance() {
        return accepted ? "ACCEPTED" : "DENIED";
    }

    /** What became of the call, as the RFC names it. */
    public String status() {
        if (!accepted) {
            return state == RPC_MISMATCH ? "RPC_MISMATCH" : "AUTH_ERROR";
        }
        return switch (state) {
            case SUCCESS -> "OK";
            case 1 -> "PROG_UNAVAIL";
            case 2 -> "PROG_MISMATCH";
            case 3 -> "PROC_UNAVAIL";
            case 4 -> "GARBAGE_ARGS";
            case 5 -> "SYSTEM_ERR";
            default -> "UNKNOWN";
        };
    }
}
