// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smtp;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Describes SMTP: the server's greeting says its name, or the client greets; on its own ports any greeting will do, and
 * a client that leaves at once.
 */
public final class SmtpProtocol {
    public static final Protocol ON_PORT = Protocol.tcp(
                    "smtp", SmtpProtocol::detectOnPort, SmtpDissector::new, 25, 465, 587)
            .onOwnPorts();
    public static final Protocol SMTP = Protocol.tcp("smtp", SmtpProtocol::detect, SmtpDissector::new);

    /** A greeting is recognised by its first line, as far as it goes. */
    private static final int MAX_GREETING = 512;

    private SmtpProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        if (from == Direction.TO_SERVER) {
            return greets(in);
        }
        requireText(in, "220");
        requireSmtp(in);
        return in.verdict();
    }

    private static Verdict detectOnPort(Direction from, Cursor in) {
        if (from == Direction.TO_CLIENT) {
            int first = in.u8();
            in.require(first == '2' || first == '4' || first == '5');
            int second = in.u8();
            in.require(second >= '0' && second <= '5');
            int third = in.u8();
            in.require(third >= '0' && third <= '9');
            int delimiter = in.u8();
            in.require(delimiter == ' ' || delimiter == '-' || delimiter == '\r');
            return in.verdict();
        }
        if ((in.peekU8(0) | 0x20) == 'q') {
            requireText(in, "quit");
            return in.verdict();
        }
        return greets(in);
    }

    private static Verdict greets(Cursor in) {
        int first = in.u8() | 0x20;
        int second = in.u8() | 0x20;
        in.require((first == 'e' && second == 'h') || (first == 'h' && second == 'e'));
        requireText(in, "lo ");
        return in.verdict();
    }

    private static void requireText(Cursor in, String text) {
        for (int i = 0; i < text.length(); i++) {
            in.require((in.u8() | 0x20) == (text.charAt(i) | 0x20));
        }
    }

    /** {@code SMTP} stands in the line. */
    private static void requireSmtp(Cursor in) {
        int end = in.indexOf((byte) '\n', MAX_GREETING);
        int last = end < 0 ? Math.min(MAX_GREETING, in.remaining()) : end;
        for (int i = 0; i + 4 <= last; i++) {
            if ((in.peekU8(i) | 0x20) == 's'
                    && (in.peekU8(i + 1) | 0x20) == 'm'
                    && (in.peekU8(i + 2) | 0x20) == 't'
                    && (in.peekU8(i + 3) | 0x20) == 'p') {
                return;
            }
        }
        in.require(end < 0 && last < MAX_GREETING);
        in.needMore();
    }
}
