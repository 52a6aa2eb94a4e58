// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.oncrpc.Xdr;

/** Reads what versions 2 and 3 are called with (RFC 1094, 2.2; RFC 1813, 3.3), up to the bytes of a file. */
final class Arguments {
    private static final int HANDLE_2 = 32;
    private static final int HANDLE_3 = 64;

    @Bound(
            of = "a name of NFS 2 and 3",
            then = "the call is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    private static final int MAX_NAME = 4096;

    private static final int FILE_SYNC = 2;

    private final Slice bytes = new Slice();

    /** Bytes that follow have no names for calls other than these: a failure to read them is none of the record's. */
    void read(Call call, Cursor in) {
        switch (call.procedure) {
            case NULL, UNKNOWN, GETACL, SETACL, ROOT, WRITECACHE -> {}
            case READ -> {
                readHandle(call, in);
                call.offset = call.version == 2 ? in.u32() : in.u64();
                call.count = in.u32();
            }
            case WRITE -> {
                readHandle(call, in);
                readWrite(call, in);
            }
            case LOOKUP, CREATE, MKDIR, SYMLINK, MKNOD, REMOVE, RMDIR -> {
                readHandle(call, in);
                readName(in, call.name);
            }
            case RENAME -> {
                readHandle(call, in);
                readName(in, call.name);
                skipHandle(call, in);
                call.target = in.failed() ? 0 : call.hash(bytes);
                readName(in, call.newName);
            }
            case LINK -> {
                readHandle(call, in);
                skipHandle(call, in);
                readName(in, call.name);
            }
            default -> readHandle(call, in);
        }
    }

    private void readWrite(Call call, Cursor in) {
        if (call.version == 2) {
            in.skip(Integer.BYTES); // beginoffset
            call.offset = in.u32();
            in.skip(Integer.BYTES); // totalcount
            call.synchronous = true;
        } else {
            call.offset = in.u64();
            in.skip(Integer.BYTES); // count
            call.synchronous = in.i32() == FILE_SYNC;
        }
        call.count = in.u32();
    }

    private void readHandle(Call call, Cursor in) {
        skipHandle(call, in);
        if (!in.failed()) {
            call.handle(bytes);
        }
    }

    private void skipHandle(Call call, Cursor in) {
        if (call.version == 2) {
            in.slice(HANDLE_2, bytes);
        } else {
            Xdr.opaque(in, HANDLE_3, bytes);
        }
    }

    private void readName(Cursor in, WireString into) {
        Xdr.opaque(in, MAX_NAME, bytes);
        if (!in.failed()) {
            into.set(bytes);
        }
    }
}
