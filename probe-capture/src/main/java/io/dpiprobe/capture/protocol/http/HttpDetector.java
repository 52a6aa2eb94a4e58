// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;

/** Recognises a request by its method, a response by its version. */
final class HttpDetector {
    private static final String VERSION = "HTTP/";
    private static final String SIP = "sip";
    /** Lines and blanks that may stand before the first message (RFC 9112, 2.2). */
    private static final int MAX_LEADING = 4;
    /** RFC 9110, WebDAV (RFC 4918), versioning (RFC 3253), and PATCH (RFC 5789). */
    private static final String[] METHODS = {
        "GET",
        "POST",
        "HEAD",
        "PUT",
        "OPTIONS",
        "CONNECT",
        "DELETE",
        "TRACE",
        "PATCH",
        "PROPFIND",
        "PROPPATCH",
        "MKCOL",
        "COPY",
        "MOVE",
        "LOCK",
        "UNLOCK",
        "REPORT",
        "CHECKOUT",
        "CHECKIN",
        "UNCHECKOUT",
        "UPDATE",
        "LABEL",
        "MERGE",
        "MKWORKSPACE",
        "MKACTIVITY",
        "VERSION-CONTROL",
        "BASELINE-CONTROL",
        "SEARCH",
        "SUBSCRIBE",
        "UNSUBSCRIBE",
        "NOTIFY"
    };

    private HttpDetector() {}

    static Verdict detect(Direction from, Cursor in) {
        int leading = 0;
        while (leading < MAX_LEADING && leading < in.remaining() && HttpText.isSpace(in.peekU8(leading))) {
            leading++;
        }
        in.skip(leading);
        return from == Direction.TO_SERVER ? request(in) : response(in);
    }

    private static Verdict request(Cursor in) {
        boolean undecided = false;
        for (String method : METHODS) {
            int length = Math.min(method.length(), in.remaining());
            if (startsWith(in, method, length)) {
                if (in.remaining() <= method.length()) {
                    undecided = true;
                } else if (HttpText.isBlank(in.peekU8(method.length()))) {
                    return target(in, method.length() + 1);
                }
            }
        }
        return undecided ? Verdict.NEED_MORE : Verdict.INVALID;
    }

    /** SIP has methods of the same names, but another kind of target (RFC 3261, 19.1). */
    private static Verdict target(Cursor in, int at) {
        for (int i = 0; i < SIP.length(); i++) {
            if (at + i == in.remaining()) {
                return Verdict.NEED_MORE;
            }
            if (in.peekU8(at + i) != SIP.charAt(i)) {
                return Verdict.OK;
            }
        }
        return Verdict.INVALID;
    }

    private static Verdict response(Cursor in) {
        int length = Math.min(VERSION.length(), in.remaining());
        if (!startsWith(in, VERSION, length)) {
            return Verdict.INVALID;
        }
        return length == VERSION.length() ? Verdict.OK : Verdict.NEED_MORE;
    }

    private static boolean startsWith(Cursor in, String text, int length) {
        for (int i = 0; i < length; i++) {
            if (in.peekU8(i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
