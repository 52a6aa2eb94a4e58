// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smtp;

import io.dpiprobe.capture.packet.Slice;

/** Names what a client may say that a reply then answers (RFC 5321, 4.1.1; RFC 3030; RFC 3207; RFC 4954). */
enum SmtpCommand {
    EHLO("EHLO"),
    HELO("HELO"),
    MAIL("MAIL FROM:"),
    RCPT("RCPT TO:"),
    DATA("DATA"),
    BDAT("BDAT"),
    RSET("RSET"),
    STARTTLS("STARTTLS"),
    AUTH("AUTH"),
    QUIT("QUIT"),
    /** A command that changes nothing here. */
    OTHER(""),
    /** Not a command: the line that ends a message. */
    END_OF_DATA("");

    private static final SmtpCommand[] ALL = values();

    private final String begin;

    SmtpCommand(String begin) {
        this.begin = begin;
    }

    static SmtpCommand of(Slice line) {
        for (SmtpCommand each : ALL) {
            if (!each.begin.isEmpty() && line.startsWithIgnoreCase(each.begin)) {
                return each;
            }
        }
        return OTHER;
    }

    /** The command whose {@link #ordinal()} this is. */
    static SmtpCommand at(int ordinal) {
        return ALL[ordinal];
    }

    /** Passes over the command, so that its argument is left. */
    void strip(Slice line) {
        line.advance(begin.length());
        line.trim();
    }
}
