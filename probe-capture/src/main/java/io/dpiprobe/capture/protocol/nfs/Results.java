// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.oncrpc.Xdr;

/** Reads what versions 2 and 3 answer, up to the bytes of a file. */
final class Results {
    private static final int HANDLE_2 = 32;
    private static final int ATTRIBUTES_2 = 68;
    private static final int ATTRIBUTES_3 = 84;
    /** Type, mode, links, owner and group come before the size. */
    private static final int BEFORE_SIZE = 20;
    /** Size and two times. */
    private static final int WEAK_ATTRIBUTES = 24;

    private static final long UNKNOWN_SIZE = -1;

    int status;
    boolean hasHandle;
    /** Of what was looked up or made. */
    final Slice handle = new Slice();
    /** Bytes of the file that follow. */
    long count;
    /** What follows is the end of the file, or the file ends with what was written. */
    boolean last;

    private long size;

    void begin(int status) {
        this.status = status;
        hasHandle = false;
        count = 0;
        last = false;
    }

    void read(Call call, Cursor in) {
        begin(call.procedure == Procedure.NULL ? NfsStatus.OK : in.i32());
        if (status != NfsStatus.OK || in.failed()) {
            return;
        }
        switch (call.procedure) {
            case LOOKUP -> readHandle(call, in);
            case CREATE, MKDIR, SYMLINK, MKNOD -> {
                if (call.version == 2 ? call.procedure != Procedure.SYMLINK : in.i32() != 0) {
                    readHandle(call, in);
                }
            }
            case READ -> readRead(call, in);
            case WRITE -> {
                if (call.version != 2 && in.i32() != 0) {
                    in.skip(WEAK_ATTRIBUTES);
                }
                readAttributes(call, in);
                last = call.synchronous && (size == UNKNOWN_SIZE || call.offset + call.count >= size);
            }
            default -> {}
        }
    }

    private void readRead(Call call, Cursor in) {
        readAttributes(call, in);
        if (call.version == 2) {
            count = in.u32();
            last = size == UNKNOWN_SIZE || call.offset + count >= size;
        } else {
            in.skip(Integer.BYTES); // count
            last = in.i32() != 0;
            count = in.u32();
        }
    }

    private void readHandle(Call call, Cursor in) {
        if (call.version == 2) {
            in.slice(HANDLE_2, handle);
        } else {
            readHandle(in);
        }
        hasHandle = !in.failed();
    }

    /** A handle with its length. */
    void readHandle(Cursor in) {
        Xdr.opaque(in, HandleDigest.MAX_HANDLE, handle);
        hasHandle = !in.failed();
    }

    /** Passes over what version 3 may leave out. */
    static void skipAttributes(Cursor in) {
        if (in.i32() != 0) {
            in.skip(ATTRIBUTES_3);
        }
    }

    /** Version 3 may leave them out. */
    private void readAttributes(Call call, Cursor in) {
        size = UNKNOWN_SIZE;
        if (call.version == 2) {
            in.skip(BEFORE_SIZE);
            size = in.u32();
            in.skip(ATTRIBUTES_2 - BEFORE_SIZE - Integer.BYTES);
        } else if (in.i32() != 0) {
            in.skip(BEFORE_SIZE);
            size = in.u64();
            in.skip(ATTRIBUTES_3 - BEFORE_SIZE - Long.BYTES);
        }
    }
}
