// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.sip;

import io.dpiprobe.capture.packet.Slice;

/** Reads the first line of a message and what its header says of the body (RFC 3261, 7). */
final class SipHead {
    private static final int MAX_BODY_DIGITS = 9;

    private final Slice head = new Slice();
    private final Slice firstLine = new Slice();
    private final Slice line = new Slice();
    private final Slice field = new Slice();
    private long contentLength;
    private boolean describesSession;

    /** Reads the lines of a head; false if its first line is not one of SIP. */
    boolean read(Slice bytes) {
        head.wrap(bytes.buffer(), bytes.offset(), bytes.length());
        contentLength = -1;
        describesSession = false;
        if (!nextLine(firstLine) || !SipProtocol.isFirstLine(firstLine)) {
            return false;
        }
        while (nextLine(line)) {
            if (isField("content-length", "l")) {
                contentLength = number(field);
            } else if (isField("content-type", "c")) {
                describesSession = field.startsWithIgnoreCase("application/sdp");
            }
        }
        return true;
    }

    Slice firstLine() {
        return firstLine;
    }

    boolean isResponse() {
        return firstLine.startsWithIgnoreCase(SipProtocol.VERSION);
    }

    /** Bytes of the body; -1 if the head does not say. */
    long contentLength() {
        return contentLength;
    }

    boolean describesSession() {
        return describesSession;
    }

    private boolean nextLine(Slice into) {
        if (head.isEmpty()) {
            return false;
        }
        int end = 0;
        while (end < head.length() && head.u8(end) != '\n') {
            end++;
        }
        boolean cr = end > 0 && head.u8(end - 1) == '\r';
        into.wrap(head.buffer(), head.offset(), cr ? end - 1 : end);
        head.advance(Math.min(end + 1, head.length()));
        return true;
    }

    /** True if the line is a field of this name, long or short (RFC 3261, 7.3.3): {@code field} is then its value. */
    private boolean isField(String name, String compact) {
        int colon = 0;
        while (colon < line.length() && colon <= name.length() && line.u8(colon) != ':') {
            colon++;
        }
        if (colon == line.length() || line.u8(colon) != ':') {
            return false;
        }
        field.wrap(line.buffer(), line.offset(), colon).trim();
        if (!field.equalsIgnoreCase(name) && !field.equalsIgnoreCase(compact)) {
            return false;
        }
        field.wrap(line.buffer(), line.offset() + colon + 1, line.length() - colon - 1)
                .trim();
        return true;
    }

    private static long number(Slice digits) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.u8(i) - '0';
            if (digit < 0 || digit > 9 || i == MAX_BODY_DIGITS) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return digits.isEmpty() ? -1 : number;
    }
}
