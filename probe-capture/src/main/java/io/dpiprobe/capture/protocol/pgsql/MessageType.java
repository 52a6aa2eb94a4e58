// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pgsql;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;

/** Lists the types of messages that matter (53.7); the two sides use letters of their own. */
final class MessageType {
    static final int QUERY = 'Q';
    static final int PASSWORD = 'p';
    static final int SYNC = 'S';
    static final int FUNCTION_CALL = 'F';
    static final int TERMINATE = 'X';
    /** Of both sides. */
    static final int COPY_DATA = 'd';
    /** Of both sides. */
    static final int COPY_DONE = 'c';

    static final int AUTHENTICATION = 'R';
    static final int PARAMETER_STATUS = 'S';
    static final int KEY_DATA = 'K';
    static final int ROW_DESCRIPTION = 'T';
    static final int DATA_ROW = 'D';
    static final int COMMAND_COMPLETE = 'C';
    static final int COPY_IN_RESPONSE = 'G';
    static final int COPY_OUT_RESPONSE = 'H';
    static final int COPY_BOTH_RESPONSE = 'W';
    static final int ERROR = 'E';
    static final int NOTICE = 'N';
    static final int READY = 'Z';

    /** As much of a text as an event shows, and one byte that tells that there is more. */
    @Bound(of = "a text of a message", then = "it is cut", seen = "probe.truncated", unit = Bound.Unit.BYTES)
    private static final int TEXT_BYTES = JsonWriter.MAX_STRING_BYTES + 1;
    /** Format of the whole and number of columns: the columns themselves are not looked at. */
    private static final int COUNT_BYTES = 3;

    private MessageType() {}

    /** How much of a client's message is looked at. */
    static int readOfClient(int type) {
        return type == QUERY || type == PASSWORD ? TEXT_BYTES : 0;
    }

    /** How much of a server's message is looked at. */
    static int readOfServer(int type) {
        return switch (type) {
            case AUTHENTICATION, PARAMETER_STATUS, KEY_DATA, COMMAND_COMPLETE, ERROR, NOTICE -> TEXT_BYTES;
            case ROW_DESCRIPTION, DATA_ROW, COPY_IN_RESPONSE, COPY_OUT_RESPONSE -> COUNT_BYTES;
            default -> 0;
        };
    }
}
