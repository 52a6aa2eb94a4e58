// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;

/** Reads the X.224 connection request and confirm behind their codes ([MS-RDPBCGR], 2.2.1.1 and 2.2.1.2). */
final class ConnectionPdu {
    static final int REQUEST = 0xe0;
    static final int CONFIRM = 0xd0;
    /** Length indicator, code, two references, class. */
    static final int FIXED = 7;

    private static final int REFERENCES_AND_CLASS = 5;
    private static final String COOKIE = "Cookie: mstshash=";

    final Negotiation negotiation = new Negotiation();
    /** Whom the client says it is; empty without one. */
    final Slice cookie = new Slice();

    private final Slice line = new Slice();

    void read(Cursor in) {
        in.skip(REFERENCES_AND_CLASS);
        cookie.clear();
        int end = in.indexOf((byte) '\n', in.remaining());
        if (end > 0 && in.peekU8(0) >= ' ' && in.peekU8(end - 1) == '\r') {
            in.slice(end - 1, line);
            in.skip(2);
            keepCookie();
        }
        negotiation.read(in);
    }

    /** The other line there may be, a routing token, is for load balancers. */
    private void keepCookie() {
        if (line.startsWithIgnoreCase(COOKIE)) {
            line.advance(COOKIE.length());
            cookie.wrap(line.buffer(), line.offset(), line.length());
        }
    }
}
