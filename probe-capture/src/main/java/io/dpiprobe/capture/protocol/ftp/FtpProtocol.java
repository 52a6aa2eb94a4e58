// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ftp;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/**
 * Describes FTP: its greeting says its name, or a client gives a user's; on its own port any reply or command will do.
 * Data connections are known because a control connection has announced them.
 */
public final class FtpProtocol {
    public static final Protocol FTP = Protocol.tcp("ftp", FtpProtocol::detect, FtpDissector::new);
    public static final Protocol ON_PORT_21 = Protocol.tcp("ftp", FtpProtocol::detectOnPort, FtpDissector::new, 21)
            .onOwnPorts();
    public static final Protocol DATA = Protocol.tcp("ftp-data", FtpProtocol::never, FtpDataDissector::new);

    /** A greeting is recognised by its first line, as far as it goes. */
    private static final int MAX_GREETING = 512;

    private FtpProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        if (from == Direction.TO_CLIENT) {
            in.require(in.u8() == '2');
            in.require(in.u8() == '2');
            in.require(in.u8() == '0');
            if (!in.failed()) {
                in.require(mentionsFtp(line(in)));
            }
            return in.verdict();
        }
        in.require((in.u8() | 0x20) == 'u');
        in.require((in.u8() | 0x20) == 's');
        in.require((in.u8() | 0x20) == 'e');
        in.require((in.u8() | 0x20) == 'r');
        in.require(in.u8() == ' ');
        if (!in.failed()) {
            in.require(isOneWord(line(in))); // IRC has more
        }
        return in.verdict();
    }

    private static Verdict detectOnPort(Direction from, Cursor in) {
        if (from == Direction.TO_CLIENT) {
            for (int i = 0; i < 3; i++) {
                int digit = in.u8();
                in.require(digit >= '0' && digit <= '9');
            }
            int delimiter = in.u8();
            in.require(delimiter == ' ' || delimiter == '-');
            return in.verdict();
        }
        for (int i = 0; i < 3; i++) {
            int letter = in.u8() | 0x20;
            in.require(letter >= 'a' && letter <= 'z');
        }
        line(in);
        return in.verdict();
    }

    private static Verdict never(Direction from, Cursor in) {
        return Verdict.INVALID;
    }

    private static Slice line(Cursor in) {
        Slice line = new Slice();
        int length = in.indexOf((byte) '\n', MAX_GREETING);
        if (length < 0) {
            in.require(in.remaining() < MAX_GREETING);
            in.needMore();
        }
        in.slice(Math.max(0, length), line);
        return line;
    }

    private static boolean mentionsFtp(Slice line) {
        for (int i = 0; i + 3 <= line.length(); i++) {
            if ((line.u8(i) | 0x20) == 'f' && (line.u8(i + 1) | 0x20) == 't' && (line.u8(i + 2) | 0x20) == 'p') {
                return true;
            }
        }
        return false;
    }

    private static boolean isOneWord(Slice line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.u8(i) == ' ') {
                return false;
            }
        }
        return !line.isEmpty();
    }
}
