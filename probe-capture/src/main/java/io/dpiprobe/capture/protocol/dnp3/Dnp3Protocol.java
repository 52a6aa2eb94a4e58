// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dnp3;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.UnreadDissector;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes DNP3 over TCP: a frame begins with two bytes and a header that a checksum protects (IEEE 1815, 9.2.4). */
public final class Dnp3Protocol {
    public static final Protocol DNP3 = Protocol.tcp("dnp3", Dnp3Protocol::detect, UnreadDissector::new, 20000);

    private static final int START = 0x0564;
    private static final int PROTECTED_BYTES = 8;
    /** The polynomial x^16 + x^13 + x^12 + x^11 + x^10 + x^8 + x^6 + x^5 + x^2 + 1, lowest bit first. */
    private static final int POLYNOMIAL = 0xa6bc;

    private static final int SMALLEST_LENGTH = 5;

    private Dnp3Protocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        in.require(in.u16() == START);
        in.require(in.u8() >= SMALLEST_LENGTH);
        in.skip(5); // control, destination, source
        int checksum = in.u16le();
        if (in.failed()) {
            return in.verdict();
        }
        in.seek(0);
        in.require(checksum(in) == checksum);
        return in.verdict();
    }

    private static int checksum(Cursor in) {
        int sum = 0;
        for (int i = 0; i < PROTECTED_BYTES; i++) {
            sum ^= in.u8();
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum & 1) != 0 ? (sum >> 1) ^ POLYNOMIAL : sum >> 1;
            }
        }
        return ~sum & 0xffff;
    }
}
