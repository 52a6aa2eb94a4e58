// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.pop3;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes POP3: the server greets with a status, on its own port alone, since others answer {@code +OK} too. */
public final class Pop3Protocol {
    public static final Protocol POP3 =
            Protocol.tcp("pop3", Pop3Protocol::detect, Pop3Dissector::new, 110).onOwnPorts();

    private static final String[] FIRST_COMMANDS = {"apop", "auth", "capa", "quit", "stls", "user"};

    private Pop3Protocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        return from == Direction.TO_CLIENT ? detectGreeting(in) : detectCommand(in);
    }

    private static Verdict detectGreeting(Cursor in) {
        boolean positive = in.u8() == '+';
        String status = positive ? "+OK" : "-ERR";
        in.seek(0);
        for (int i = 0; i < status.length(); i++) {
            in.require(in.u8() == status.charAt(i));
        }
        return in.verdict();
    }

    private static Verdict detectCommand(Cursor in) {
        boolean known = false;
        for (String each : FIRST_COMMANDS) {
            boolean same = true;
            for (int i = 0; i < each.length(); i++) {
                same &= (in.peekU8(i) | 0x20) == each.charAt(i);
            }
            known |= same;
        }
        in.require(known);
        return in.verdict();
    }
}
