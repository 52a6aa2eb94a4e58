// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.ScatteredBytes;

/**
 * Keeps the first handshake message of one side from the data of CRYPTO frames (RFC 9000, 7.5 and 19.6), which may come in
 * any order and in any number of packets.
 */
final class CryptoStream {
    /** Bytes kept: hellos with the largest post-quantum key shares have about four thousand. */
    @Bound(of = "bytes of a handshake", then = "what lies further is not kept", unit = Bound.Unit.BYTES)
    static final int MAX_BYTES = 16 * 1024;

    private static final int HEADER_LENGTH = 4;

    private final ScatteredBytes data = new ScatteredBytes(MAX_BYTES);
    private final Slice header = new Slice();

    void clear() {
        data.clear();
    }

    /** Adds what a frame carries. */
    void add(long offset, Slice piece) {
        data.add(offset, piece);
    }

    /** True once the first message is here from its beginning to its end. */
    boolean isComplete() {
        return data.available() >= HEADER_LENGTH && data.available() >= HEADER_LENGTH + length();
    }

    /** The type of the first message. */
    int type() {
        return data.slice(0, HEADER_LENGTH, header).u8(0);
    }

    /** Points at the body of the first message. */
    Cursor read(Cursor in) {
        return in.wrap(data.slice(HEADER_LENGTH, length(), header));
    }

    /** Points at everything from the first byte to the first hole. */
    Cursor readAll(Cursor in) {
        return in.wrap(data.slice(0, data.available(), header));
    }

    private int length() {
        return (int) data.slice(0, HEADER_LENGTH, header).u32(0) & 0xffffff;
    }
}
