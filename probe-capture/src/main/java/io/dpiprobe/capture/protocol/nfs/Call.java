// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.oncrpc.Caller;
import io.dpiprobe.capture.protocol.oncrpc.PendingCall;
import io.dpiprobe.capture.protocol.oncrpc.RpcCall;

/** Keeps what a call asks for until it is answered. */
final class Call extends PendingCall {
    final Caller caller = new Caller();
    /** Name given in the call; empty if it has none. */
    final WireString name = new WireString();
    /** Second name of a call that has two. */
    final WireString newName = new WireString();

    private final HandleDigest digest = new HandleDigest();

    int version;
    private boolean compound;
    Procedure procedure = Procedure.UNKNOWN;
    /** Number of the transaction, from 1; 0 for none. */
    long number;

    boolean hasHandle;
    /** CRC-32 of the handle that is named first. */
    int handle;
    /** CRC-32 of the directory that something is moved to. */
    int target;

    long offset;
    /** Bytes asked for, or given. */
    long count;

    boolean synchronous;

    void begin(RpcCall call, Procedure procedure) {
        begin(call.xid());
        version = call.version();
        this.procedure = procedure;
        compound = Procedure.isCompound(call);
        number = 0;
        hasHandle = false;
        target = 0;
        offset = 0;
        count = 0;
        synchronous = false;
        name.clear();
        newName.clear();
    }

    /** True for a call of version 4 that consists of operations. */
    boolean isCompound() {
        return compound;
    }

    /**
     * True if it is a transaction of its own: transfers belong to that of their file, and of version 4 only what changes
     * names is told.
     */
    boolean isTransaction() {
        if (version < 4) {
            return !procedure.isTransfer();
        }
        return switch (procedure) {
            case CREATE, LINK, REMOVE, RENAME -> true;
            default -> false;
        };
    }

    void handle(Slice handle) {
        hasHandle = true;
        this.handle = hash(handle);
    }

    /** What handles are told apart by. */
    int hash(Slice handle) {
        return digest.of(handle);
    }
}
