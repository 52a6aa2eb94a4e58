// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Recognises DNS on any port by its content alone: a standard query or its answer (RFC 1035, 4.1) with one question, in
 * which every field is as it must be and which ends where its last record does. The header is asked first, since it
 * turns nearly everything else away.
 */
final class DnsSignature {
    /** A header and a question for the root. */
    private static final int SHORTEST_MESSAGE = DnsHeader.LENGTH + 5;
    /** Longest message that must be there in full before a stream is recognised. */
    @Bound(
            of = "the first message of a stream that is DNS on another port than its own",
            then = "it is not recognised by this side",
            unit = Bound.Unit.BYTES)
    static final int MAX_FIRST_MESSAGE = 1000;

    private static final int RESPONSE = 0x8000;
    /** Of a standard query only RD, AD and CD may be set (RFC 4035, 3.1.6 and 4.6). */
    private static final int NEVER_IN_QUERY = ~0x0130;
    /** Operations other than the standard query, and the bit that is reserved. */
    private static final int NEVER_IN_RESPONSE = 0x7840;
    /** The highest outcome of a standard query (RFC 6895, 2.3). */
    private static final int HIGHEST_RCODE = 10;

    /** Bytes of a name, its length bytes among them (RFC 1035, 3.1). */
    private static final int NAME_BYTES = 255;
    /** The length of a NetBIOS name as a label, and the types of questions for it (RFC 1002, 4.2.1.2). */
    private static final int NETBIOS_LABEL = 32;

    private static final int NETBIOS_NAME = 32;
    private static final int NETBIOS_STATUS = 33;

    private static final int CLASS_IN = 1;
    private static final int CLASS_CHAOS = 3;
    private static final int CLASS_ANY = 255;

    private DnsSignature() {}

    static Verdict inDatagram(Direction from, Cursor in) {
        if (in.remaining() < SHORTEST_MESSAGE || in.peekU16(4) != 1) {
            return Verdict.INVALID; // nearly everything: one look at the number of questions
        }
        requireHeader(in);
        requireMessage(in);
        return in.failed() ? Verdict.INVALID : Verdict.OK;
    }

    static Verdict inStream(Direction from, Cursor in) {
        int length = in.u16();
        in.require(length >= SHORTEST_MESSAGE && length <= MAX_FIRST_MESSAGE);
        requireHeader(in);
        in.enter(length);
        requireMessage(in);
        return in.verdict();
    }

    /** Looks at the header and does not move. */
    private static void requireHeader(Cursor in) {
        int flags = in.peekU16(2);
        boolean response = (flags & RESPONSE) != 0;
        in.require((flags & (response ? NEVER_IN_RESPONSE : NEVER_IN_QUERY)) == 0 && (flags & 15) <= HIGHEST_RCODE);
        in.require(in.peekU16(4) == 1);
        int others = in.peekU16(6) + in.peekU16(8);
        int additionals = in.peekU16(10);
        in.require(response ? others + additionals < DnsHeader.MAX_RECORDS : others == 0 && additionals <= 1);
    }

    private static void requireMessage(Cursor in) {
        int message = in.position();
        boolean response = (in.peekU16(2) & RESPONSE) != 0;
        in.skip(6);
        int records = in.u16() + in.u16() + in.u16();
        requireQuestion(in, message);
        for (int i = 0; i < records && !in.failed(); i++) {
            if (response) {
                requireRecord(in, message);
            } else {
                requireExtension(in);
            }
        }
        in.require(in.remaining() == 0);
    }

    private static void requireQuestion(Cursor in, int message) {
        int label = in.peekU8(0);
        in.require(label < DnsName.POINTER); // there is nothing to point to
        requireName(in, message);
        int type = in.u16();
        in.require(DnsType.isAssigned(type) && type != DnsType.OPT);
        in.require(label != NETBIOS_LABEL || (type != NETBIOS_NAME && type != NETBIOS_STATUS));
        int kind = in.u16();
        in.require(kind == CLASS_IN || kind == CLASS_CHAOS || kind == CLASS_ANY);
    }

    /** What a query may end with: OPT (RFC 6891, 6.1.2), or bytes that clients of DNSCrypt pad with as type 0. */
    private static void requireExtension(Cursor in) {
        in.require(in.u8() == 0);
        int type = in.u16();
        in.require(type == DnsType.OPT || type == 0);
        in.skip(6); // size and flags
        in.skip(in.u16());
    }

    private static void requireRecord(Cursor in, int message) {
        int first = in.peekU8(0);
        requireName(in, message);
        int type = in.u16();
        int kind = in.u16();
        boolean known = kind == CLASS_IN || kind == CLASS_CHAOS || kind == CLASS_ANY;
        in.require(type == DnsType.OPT ? first == 0 : type != 0 && known); // OPT: a size instead of a class
        in.skip(4); // time to live
        in.skip(in.u16());
    }

    /** A name of text, or of what tunnels write instead: no control characters, and pointers lead back. */
    private static void requireName(Cursor in, int message) {
        int start = in.position();
        int label = in.u8();
        while (label > 0 && label <= DnsName.MAX_LABEL && !in.failed()) {
            for (int i = 0; i < label && !in.failed(); i++) {
                int letter = in.u8();
                in.require(letter >= ' ' && letter != 0x7f);
            }
            label = in.u8();
        }
        in.require(in.position() - start <= NAME_BYTES);
        if (label >= DnsName.POINTER) {
            int target = (label & ~DnsName.POINTER) << 8 | in.u8();
            in.require(target >= DnsHeader.LENGTH && target < start - message);
        } else {
            in.require(label == 0);
        }
    }
}
