// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes IMAP: the server greets with an untagged status, or the client begins with a tagged command. */
public final class ImapProtocol {
    public static final Protocol IMAP = Protocol.tcp("imap", ImapProtocol::detect, ImapDissector::new, 143);

    private static final String[] GREETINGS = {"* OK ", "* PREAUTH ", "* BYE "};
    private static final String[] FIRST_COMMANDS = {"CAPABILITY", "LOGIN ", "STARTTLS", "AUTHENTICATE ", "ID "};
    /** Longest line looked at. */
    private static final int MAX_LINE = 512;
    /** Longest tag believed: clients use a letter and some digits. */
    private static final int MAX_TAG = 16;

    private ImapProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        boolean client = from == Direction.TO_SERVER;
        in.require(client ? isTag(in.peekU8(0)) : in.peekU8(0) == '*');
        int length = in.indexOf((byte) '\n', MAX_LINE);
        if (length < 0) {
            in.require(in.remaining() < MAX_LINE);
            in.needMore();
        }
        if (in.failed()) {
            return in.verdict();
        }
        Slice line = new Slice();
        in.slice(length, line);
        in.require(client ? isTag(line) && beginsWith(line, FIRST_COMMANDS) : beginsWith(line, GREETINGS));
        return in.verdict();
    }

    /** Passes over the tag and the space behind it. */
    private static boolean isTag(Slice line) {
        int end = 0;
        while (end < line.length() && end < MAX_TAG && isTag(line.u8(end))) {
            end++;
        }
        if (end == 0 || end == line.length() || line.u8(end) != ' ') {
            return false;
        }
        line.advance(end + 1);
        return true;
    }

    private static boolean isTag(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-';
    }

    /** True if a server may begin with this line. */
    static boolean isGreeting(Slice line) {
        return beginsWith(line, GREETINGS);
    }

    private static boolean beginsWith(Slice line, String[] words) {
        for (String each : words) {
            if (line.startsWithIgnoreCase(each)) {
                return true;
            }
        }
        return false;
    }
}
