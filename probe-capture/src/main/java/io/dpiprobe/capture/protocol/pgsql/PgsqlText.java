// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads strings that end with a zero. */
final class PgsqlText {
    private PgsqlText() {}

    /** Points at the next string and passes over it and its end; at all that is left if it has no end. */
    static Slice read(Cursor in, Slice into) {
        int length = in.indexOf((byte) 0, in.remaining());
        if (length < 0) {
            in.slice(in.remaining(), into);
        } else {
            in.slice(length, into);
            in.skip(1);
        }
        return into;
    }
}
