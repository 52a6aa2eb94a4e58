// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tds;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Detector;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Recognises what a client asks for once it is logged in, where the beginning of a connection was not seen: a batch of
 * SQL ([MS-TDS] 2.2.6.7) or the call of a procedure (2.2.6.6).
 */
final class RequestDetector implements Detector {
    private static final int BATCH = 1;
    private static final int CALL = 3;
    /** All that is known of a packet's status (2.2.3.1.2). */
    private static final int STATUS_BITS = 0x1f;
    /** In place of the length of a name: a number of a well-known procedure follows. */
    private static final int BY_NUMBER = 0xffff;

    private static final int LAST_NUMBER = 15;
    /** Characters of a text that must be ASCII. */
    private static final int CHARACTERS = 4;

    /** Of a list of headers that versions from 7.2 on put in front (2.2.5.3): the list's own length. */
    private static final int LENGTH_OF_LENGTH = 4;

    private static final int SHORTEST_HEADER = 6;
    private static final int LAST_HEADER_TYPE = 3;

    @Override
    public Verdict detect(Direction from, Cursor in) {
        in.require(from == Direction.TO_SERVER);
        int type = in.u8();
        in.require(type == BATCH || type == CALL);
        in.require(in.u8() <= STATUS_BITS);
        int length = in.u16();
        in.require(length > TdsDissector.HEADER && length <= TdsDissector.MAX_LENGTH);
        in.skip(3); // process, number
        in.require(in.u8() == 0); // window
        if (in.peekU16(2) == 0) {
            requireHeaders(in);
        } else if (type == CALL) {
            requireProcedure(in);
        } else {
            requireText(CHARACTERS, in);
        }
        return in.verdict();
    }

    /** The upper half of the first length is zero, which no two characters are. */
    private static void requireHeaders(Cursor in) {
        long list = in.u32le();
        long header = in.u32le();
        in.require(header >= SHORTEST_HEADER && header + LENGTH_OF_LENGTH <= list);
        int type = in.u16le();
        in.require(type >= 1 && type <= LAST_HEADER_TYPE);
    }

    private static void requireProcedure(Cursor in) {
        int length = in.u16le();
        if (length == BY_NUMBER) {
            int number = in.u16le();
            in.require(number >= 1 && number <= LAST_NUMBER);
        } else {
            in.require(length >= CHARACTERS);
            requireText(CHARACTERS, in);
        }
    }

    private static void requireText(int characters, Cursor in) {
        for (int i = 0; i < characters; i++) {
            int character = in.u16le();
            boolean blank = character == '\t' || character == '\r' || character == '\n';
            in.require(blank || (character >= ' ' && character < 0x7f));
        }
    }
}
