// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

/**
 * Says, in one {@code long}, what follows a header and where, or that decoding is over: a pair without allocation.
 *
 * <pre>
 *   | type, 32 bits | offset, 32 bits |     type below zero: over, with the outcome in the offset
 * </pre>
 */
final class Layer {
    /** The packet has been decoded down to its transport payload. */
    static final long DONE = -1L << 32;

    private static final Undecodable[] REASONS = Undecodable.values();

    private Layer() {}

    static long of(int type, int offset) {
        return (long) type << 32 | offset;
    }

    static long failed(Undecodable reason) {
        return DONE | reason.ordinal() + 1;
    }

    static boolean isOver(long layer) {
        return layer < 0;
    }

    static int type(long layer) {
        return (int) (layer >> 32);
    }

    static int offset(long layer) {
        return (int) layer;
    }

    static boolean isDone(long layer) {
        return layer == DONE;
    }

    static Undecodable reason(long layer) {
        return REASONS[(int) layer - 1];
    }
}
