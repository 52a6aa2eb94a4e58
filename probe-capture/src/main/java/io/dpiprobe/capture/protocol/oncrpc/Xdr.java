// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads what has a length of its own in XDR (RFC 4506): it is padded to four bytes. */
public final class Xdr {
    private Xdr() {}

    /** Points at the bytes of variable-length opaque data or a string, which must not be longer than {@code max}. */
    public static void opaque(Cursor in, int max, Slice into) {
        int length = in.i32();
        in.require(length >= 0 && length <= max);
        in.slice(length, into);
        in.skip(padding(length));
    }

    /** Passes over variable-length opaque data or a string. */
    public static void skipOpaque(Cursor in) {
        int length = in.i32();
        in.require(length >= 0 && length <= RecordMark.MAX_LENGTH);
        in.skip(length);
        in.skip(padding(length));
    }

    /** Passes over a list of numbers of four bytes. */
    public static void skipNumbers(Cursor in) {
        int count = in.i32();
        in.require(count >= 0 && count <= RecordMark.MAX_LENGTH / Integer.BYTES);
        in.skip(count * Integer.BYTES);
    }

    private static int padding(int length) {
        return -length & 3;
    }
}
