// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.sip;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Verdict;

/** Describes SIP: the first line of a message begins or ends with its version (RFC 3261, 7.1 and 7.2). */
public final class SipProtocol {
    public static final Protocol UDP = Protocol.udp("sip", SipProtocol::detect, SipDissector::new, 5060);
    public static final Protocol TCP = Protocol.tcp("sip", SipProtocol::detect, SipDissector::new, 5060);

    static final String VERSION = "SIP/2.0";

    /** Longest first line that is looked at. */
    private static final int MAX_LINE_BYTES = 1000;

    private SipProtocol() {}

    private static Verdict detect(Direction from, Cursor in) {
        skipKeepAlives(in);
        if (!in.hasRemaining()) {
            in.needMore();
            return in.verdict();
        }
        // methods are words in capitals (RFC 3261, 7.1): whatever else begins in another way is known at once
        for (int i = 0; i < Math.min(3, in.remaining()); i++) {
            in.require(isCapital(in.peekU8(i)));
        }
        int length = in.indexOf((byte) '\n', MAX_LINE_BYTES);
        in.require(length >= 0 || in.remaining() < MAX_LINE_BYTES);
        if (length < 0 || in.failed()) {
            in.needMore();
            return in.verdict();
        }
        Slice line = new Slice();
        in.slice(length, line);
        in.require(isFirstLine(line));
        return in.verdict();
    }

    /** True for a line that begins or ends with the version, and has something else too. */
    static boolean isFirstLine(Slice line) {
        int length = line.length();
        if (length > 0 && line.u8(length - 1) == '\r') {
            length--;
        }
        int before = length - VERSION.length();
        if (before <= 1) {
            return false;
        }
        if (line.startsWithIgnoreCase(VERSION)) {
            return line.u8(VERSION.length()) == ' ';
        }
        for (int i = 0; i < VERSION.length(); i++) {
            if (line.u8(before + i) != VERSION.charAt(i)) {
                return false;
            }
        }
        return line.u8(before - 1) == ' ';
    }

    /** Empty lines keep connections alive (RFC 5626, 3.5.1). */
    static void skipKeepAlives(Cursor in) {
        while (in.hasRemaining() && (in.peekU8(0) == '\r' || in.peekU8(0) == '\n')) {
            in.skip(1);
        }
    }

    private static boolean isCapital(int c) {
        return c >= 'A' && c <= 'Z';
    }
}
