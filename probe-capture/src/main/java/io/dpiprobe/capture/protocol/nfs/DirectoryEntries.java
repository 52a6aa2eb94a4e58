// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.oncrpc.Xdr;

/** Learns the names of handles from what READDIRPLUS answers, as far as it is at hand (RFC 1813, 3.3.17). */
final class DirectoryEntries {
    private static final int VERIFIER = 8;

    private final HandleNames names;
    private final Slice bytes = new Slice();
    private final Slice handle = new Slice();
    private final WireString name = new WireString();

    DirectoryEntries(HandleNames names) {
        this.names = names;
    }

    /** The cursor is behind the status. A client that has these names does not look them up. */
    void read(Call call, Cursor in) {
        Results.skipAttributes(in);
        in.skip(VERIFIER);
        while (!in.failed() && in.i32() != 0) {
            in.skip(Long.BYTES); // fileid
            Xdr.opaque(in, WireString.MAX_BYTES, bytes);
            in.skip(Long.BYTES); // cookie
            Results.skipAttributes(in);
            if (in.i32() != 0) {
                Xdr.opaque(in, HandleDigest.MAX_HANDLE, handle);
                learn(call, in);
            }
        }
    }

    /** The directory itself and the one above it keep the names they have. */
    private void learn(Call call, Cursor in) {
        if (in.failed() || handle.isEmpty()) {
            return;
        }
        int hash = call.hash(handle);
        name.set(bytes);
        if (!isDots() || names.find(hash) == null) {
            names.put(hash, call.handle, name);
        }
    }

    private boolean isDots() {
        int length = bytes.length();
        return length > 0 && length <= 2 && bytes.u8(0) == '.' && bytes.u8(length - 1) == '.';
    }
}
