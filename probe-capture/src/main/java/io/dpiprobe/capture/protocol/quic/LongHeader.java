// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads the header of a packet that says its version (RFC 9000, 17.2; RFC 9369, 3.2). */
final class LongHeader {
    static final int FORM_BIT = 0x80;

    /** Longest connection id of every version so far. */
    static final int MAX_CONNECTION_ID = 20;

    private static final int FIXED_BIT = 0x40;
    private static final int RETRY_TAG = 16;

    /** What a packet is for. */
    enum Type {
        INITIAL,
        ZERO_RTT,
        HANDSHAKE,
        RETRY,
        NEGOTIATION;

        private static final Type[] ALL = values();

        /** Version 2 moved the types around. */
        private static Type of(int first, int version) {
            int bits = first >> 4 & 3;
            return ALL[QuicVersion.hasShiftedTypes(version) ? (bits + 3) & 3 : bits];
        }
    }

    final Slice destinationId = new Slice();
    final Slice sourceId = new Slice();
    /** From the first byte to where the payload begins, the protected packet number. */
    final Slice header = new Slice();

    final Slice payload = new Slice();
    int version;
    Type type = Type.INITIAL;

    /** Reads to the end of the packet. */
    Verdict read(Cursor in) {
        int start = in.position();
        int first = in.u8();
        version = in.i32();
        type = version == QuicVersion.NEGOTIATION ? Type.NEGOTIATION : Type.of(first, version);
        readConnectionId(in, destinationId);
        readConnectionId(in, sourceId);
        if (type == Type.INITIAL) {
            in.skip(VarInt.readLength(in)); // token
        }
        int length = type == Type.NEGOTIATION || type == Type.RETRY ? in.remaining() : VarInt.readLength(in);
        header.wrap(in.buffer(), start, in.position() - start);
        in.slice(length, payload);
        return in.verdict();
    }

    /** The version of a long header; what follows is next. */
    static int readVersion(Cursor in) {
        in.skip(1);
        return in.i32();
    }

    /** Fails the cursor unless this can be the first packet of a flow. */
    static void detect(Direction from, Cursor in) {
        int first = in.u8();
        int version = in.i32();
        if (QuicVersion.isGoogle(version)) {
            return;
        }
        int destination = in.u8();
        in.require(destination <= MAX_CONNECTION_ID);
        in.skip(destination);
        int source = in.u8();
        in.require(source <= MAX_CONNECTION_ID);
        in.skip(source);
        if (version == QuicVersion.NEGOTIATION) {
            in.require(from == Direction.TO_CLIENT && in.hasRemaining() && in.remaining() % 4 == 0);
            in.require(QuicVersion.isPlausible(in.i32()));
        } else {
            in.require((first & FIXED_BIT) != 0 && QuicVersion.isPlausible(version));
            in.require(Type.of(first, version) != Type.RETRY || in.remaining() >= RETRY_TAG);
        }
    }

    private static void readConnectionId(Cursor in, Slice into) {
        in.slice(in.u8(), into);
        in.require(into.length() <= MAX_CONNECTION_ID);
    }
}
