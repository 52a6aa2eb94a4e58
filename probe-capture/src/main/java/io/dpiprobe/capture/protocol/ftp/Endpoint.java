// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ftp;

import io.dpiprobe.capture.packet.Slice;

/** Reads where a data connection is to go, from the text that says it. */
final class Endpoint {
    private static final int MAX_PORT = 65535;

    private int port;
    private long addressLo;
    private boolean addressKnown;

    /** Knows nothing any more. */
    void clear() {
        port = 0;
        addressLo = 0;
        addressKnown = false;
    }

    boolean isKnown() {
        return port != 0;
    }

    /** 0 if unknown. */
    int port() {
        return port;
    }

    /** True if the text gave an IPv4 address: {@link #addressLo()}. */
    boolean isAddressKnown() {
        return addressKnown;
    }

    /** The IPv4 address as flows have it. */
    long addressLo() {
        return addressLo;
    }

    /** {@code h1,h2,h3,h4,p1,p2}, the first six numbers in the text (RFC 959, 4.1.2 and 4.2.1). */
    void readHostPort(Slice text) {
        clear();
        int at = 0;
        while (at < text.length() && !isHostPortAt(text, at)) {
            at++;
        }
    }

    private boolean isHostPortAt(Slice text, int from) {
        if (!isDigit(text.u8(from)) || (from > 0 && isDigit(text.u8(from - 1)))) {
            return false;
        }
        int at = from;
        long numbers = 0;
        for (int i = 0; i < 6; i++) {
            int value = 0;
            int digits = 0;
            while (at < text.length() && isDigit(text.u8(at)) && digits < 4) {
                value = value * 10 + text.u8(at++) - '0';
                digits++;
            }
            boolean comma = at < text.length() && text.u8(at) == ',';
            if (digits == 0 || value > 255 || (i < 5 && !comma)) {
                return false;
            }
            at++;
            numbers = numbers << 8 | value;
        }
        port = (int) numbers & MAX_PORT;
        addressLo = numbers >>> 16;
        addressKnown = true;
        return true;
    }

    /**
     * {@code <d>net-prt<d>net-addr<d>tcp-port<d>}, where a reply leaves out the first two (RFC 2428, 2 and 3). The
     * address is not read: it is the sender's own, or a translator has made it wrong.
     */
    void readExtended(Slice text) {
        clear();
        int from = 0;
        while (from < text.length() && text.u8(from) != '(') {
            from++;
        }
        from = from == text.length() ? 0 : from + 1;
        if (from == text.length()) {
            return;
        }
        int delimiter = text.u8(from);
        int seen = 0;
        int value = 0;
        for (int at = from; at < text.length() && seen < 4; at++) {
            int c = text.u8(at);
            if (c == delimiter) {
                seen++;
            } else if (seen == 3 && isDigit(c) && value <= MAX_PORT) {
                value = value * 10 + c - '0';
            } else if (seen == 3) {
                return;
            }
        }
        port = seen == 4 && value <= MAX_PORT ? value : 0;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
