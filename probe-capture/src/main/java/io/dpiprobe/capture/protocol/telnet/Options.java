// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.telnet;

import io.dpiprobe.capture.packet.Slice;

/** Keeps what a client says of itself in subnegotiations, numbered as IANA numbers options. */
final class Options {
    private static final int TERMINAL_TYPE = 24; // RFC 1091
    private static final int WINDOW_SIZE = 31; // RFC 1073
    private static final int TERMINAL_SPEED = 32; // RFC 1079
    private static final int ENVIRONMENT = 36; // RFC 1408
    private static final int ENCRYPTION = 38; // RFC 2946
    private static final int NEW_ENVIRONMENT = 39; // RFC 1572

    private static final int IS = 0;
    private static final int INFO = 2;
    private static final int ENCRYPTION_STARTS = 3;
    private static final int VARIABLE = 0;
    private static final int VALUE = 1;
    private static final int USER_VARIABLE = 3;

    final TextLine terminalType = new TextLine();
    final TextLine terminalSpeed = new TextLine();
    final TextLine user = new TextLine();
    int columns;
    int rows;

    private final Slice part = new Slice();

    /** Takes in what the client says. */
    void onValue(int option, Slice value) {
        if (option == WINDOW_SIZE && value.length() == 4) {
            columns = value.u16(0);
            rows = value.u16(2);
        } else if (!value.isEmpty()) {
            int verb = value.u8(0);
            value.advance(1);
            if (option == TERMINAL_TYPE && verb == IS) {
                terminalType.set(value);
            } else if (option == TERMINAL_SPEED && verb == IS) {
                terminalSpeed.set(value);
            } else if ((option == NEW_ENVIRONMENT || option == ENVIRONMENT) && (verb == IS || verb == INFO)) {
                readEnvironment(value);
            }
        }
    }

    /** True if what its sender sends from here on cannot be read. */
    static boolean startsEncryption(int option, Slice value) {
        return option == ENCRYPTION && !value.isEmpty() && value.u8(0) == ENCRYPTION_STARTS;
    }

    void reset() {
        terminalType.clear();
        terminalSpeed.clear();
        user.clear();
        columns = 0;
        rows = 0;
    }

    /** Kinds and texts by turns: a variable, its value. Texts with escaped bytes are of no interest here. */
    private void readEnvironment(Slice value) {
        boolean isUser = false;
        int at = 0;
        while (at < value.length()) {
            int kind = value.u8(at);
            int end = at + 1;
            while (end < value.length() && value.u8(end) > USER_VARIABLE) {
                end++;
            }
            part.wrap(value.buffer(), value.offset() + at + 1, end - at - 1);
            if (kind == VALUE && isUser) {
                user.set(part);
            }
            isUser = kind == VARIABLE && part.equalsIgnoreCase("USER");
            at = end;
        }
    }
}
