// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Collects the fragments of one IP packet. Fragments begin at multiples of eight bytes, so what has arrived is kept as
 * one bit for eight bytes; where fragments overlap, the bytes that came first stay.
 */
final class Fragments {
    /** Largest IP packet (RFC 791, 3.1), and room for the largest header put before it. */
    static final int MAX_LENGTH = 65535;

    static final int HEADER_ROOM = IpDecoder.IPV6_HEADER;
    private static final int SMALL = HEADER_ROOM + 4096;

    /** NFS over UDP and EDNS stay below; what had to grow further is given back, or the largest would stay for ever. */
    private static final int MOST_KEPT = 16 << 10;

    private static final int UNIT = 8;
    private static final int UNITS = (MAX_LENGTH + 1) / UNIT;

    long key;
    long srcHi;
    long srcLo;
    long dstHi;
    long dstLo;
    long startedNs;

    private final long[] arrived = new long[UNITS / Long.SIZE];
    private byte[] bytes = new byte[SMALL];
    private int unitsArrived;
    private int totalLength;
    private int protocol;

    void reset() {
        Arrays.fill(arrived, 0);
        unitsArrived = 0;
        totalLength = -1;
        protocol = -1;
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[SMALL];
        }
    }

    /** Says what the first fragment says: the protocol of the whole. */
    void protocol(int number) {
        protocol = number;
    }

    int protocol() {
        return protocol;
    }

    int totalLength() {
        return totalLength;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Keeps the units of a fragment that have not arrived before; the last one also ends the packet. */
    void add(int at, DirectBuffer source, int offset, int length, boolean last) {
        ensure(HEADER_ROOM + at + length);
        for (int done = 0; done < length; done += UNIT) {
            int unit = (at + done) / UNIT;
            long bit = 1L << unit;
            if ((arrived[unit / Long.SIZE] & bit) == 0) {
                arrived[unit / Long.SIZE] |= bit;
                unitsArrived++;
                source.getBytes(offset + done, bytes, HEADER_ROOM + at + done, Math.min(UNIT, length - done));
            }
        }
        if (last && totalLength < 0) {
            totalLength = at + length;
        }
    }

    /** True if nothing is missing. */
    boolean isComplete() {
        return totalLength >= 0 && protocol >= 0 && unitsArrived * UNIT >= totalLength && hasAllUnits();
    }

    private boolean hasAllUnits() {
        int units = (totalLength + UNIT - 1) / UNIT;
        for (int unit = 0; unit < units; unit++) {
            if ((arrived[unit / Long.SIZE] & 1L << unit) == 0) {
                return false;
            }
        }
        return true;
    }

    private void ensure(int length) {
        if (bytes.length < length) {
            bytes = Arrays.copyOf(bytes, Math.min(HEADER_ROOM + MAX_LENGTH + UNIT, Math.max(length, 2 * bytes.length)));
        }
    }
}
