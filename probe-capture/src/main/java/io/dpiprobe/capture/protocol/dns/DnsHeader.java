// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads the header of a DNS message (RFC 1035, 4.1.1) and refuses what no message of use has. */
final class DnsHeader {
    static final int LENGTH = 12;
    /** Records in one message: the largest answers seen in practice have a quarter of it. */
    @Bound(of = "records of a message", then = "the message is invalid", seen = "protocol_violations_total")
    static final int MAX_RECORDS = 1024;

    private static final int INVERSE_QUERY = 1;
    private static final int STATUS = 2;
    private static final int UPDATE = 5;
    private static final int RESPONSE = 0x8000;

    int id;
    int flags;
    int questions;
    int answers;
    int authorities;
    int additionals;

    /** Reads the header of a message that ends where the cursor does. */
    void read(Cursor in) {
        boolean alone = in.remaining() == LENGTH;
        id = in.u16();
        flags = in.u16();
        questions = in.u16();
        answers = in.u16();
        authorities = in.u16();
        additionals = in.u16();
        in.require(isUseful(flags, questions, answers, authorities + additionals, alone));
    }

    /** Does the same for a message of a length, and remembers nothing. */
    static void check(Cursor in, int length) {
        in.skip(2);
        int flags = in.u16();
        in.require(isUseful(flags, in.u16(), in.u16(), in.u16() + in.u16(), length == LENGTH));
    }

    private static boolean isUseful(int flags, int questions, int answers, int others, boolean alone) {
        int records = questions + answers + others;
        if (records == 0) {
            return alone && isComplete(flags);
        }
        boolean inverse = opcode(flags) == INVERSE_QUERY && answers > 0; // RFC 1035, 6.4
        return records <= MAX_RECORDS && (questions > 0 || isResponse(flags) || inverse);
    }

    /** A refusal need not repeat what was asked (RFC 1035, 4.1.1), and nothing says what a question for status holds. */
    private static boolean isComplete(int flags) {
        return isResponse(flags) ? rcode(flags) != 0 : opcode(flags) == STATUS;
    }

    private static boolean isResponse(int flags) {
        return (flags & RESPONSE) != 0;
    }

    boolean isResponse() {
        return isResponse(flags);
    }

    boolean isAuthoritative() {
        return (flags & 0x0400) != 0;
    }

    boolean isTruncated() {
        return (flags & 0x0200) != 0;
    }

    boolean isRecursionDesired() {
        return (flags & 0x0100) != 0;
    }

    boolean isRecursionAvailable() {
        return (flags & 0x0080) != 0;
    }

    /** The bit that is reserved and must be zero. */
    boolean isReserved() {
        return (flags & 0x0040) != 0;
    }

    int opcode() {
        return opcode(flags);
    }

    private static int opcode(int flags) {
        return flags >> 11 & 15;
    }

    int rcode() {
        return rcode(flags);
    }

    private static int rcode(int flags) {
        return flags & 15;
    }

    /** True if this asks for records to be added or deleted (RFC 2136). */
    boolean isUpdate() {
        return opcode() == UPDATE && !isResponse();
    }
}
