// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.Flow;

/** Remembers what the interim records of a long flow have told already, so that each tells only what is new. */
final class FlowUpdate {
    private final long[] packets = new long[2];
    private final long[] octets = new long[2];
    private long toldNs;

    /** A flow begins at this time, nanoseconds since the epoch. */
    void reset(long startNs) {
        toldNs = startNs;
        packets[0] = 0;
        packets[1] = 0;
        octets[0] = 0;
        octets[1] = 0;
    }

    long newPackets(Flow flow, Direction direction) {
        return flow.packets(direction) - packets[direction.ordinal()];
    }

    /** Bytes on the wire since the last record. */
    long newOctets(Flow flow, Direction direction) {
        return flow.octets(direction) - octets[direction.ordinal()];
    }

    /** When the last record was written, or the flow began. */
    long toldNs() {
        return toldNs;
    }

    void told(Flow flow, long nowNs) {
        toldNs = nowNs;
        for (Direction direction : Direction.BOTH) {
            packets[direction.ordinal()] = flow.packets(direction);
            octets[direction.ordinal()] = flow.octets(direction);
        }
    }
}
